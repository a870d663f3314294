import { useCallback, useMemo, useState } from "react";
import { between, type Section } from "./sections";

/** Which tasks are chosen, and from which one a stretch is measured. */
interface Chosen {
  keys: ReadonlySet<string>;
  anchor: string | null;
}

const nothing: Chosen = { keys: new Set(), anchor: null };

/** The tasks that are chosen on the page; what is not on it any more is not chosen either. */
export function useSelection(sections: readonly Section[]) {
  const [chosen, setChosen] = useState(nothing);
  const shown = useMemo(
    () => new Map(sections.flatMap(({ cards }) => cards.map((card) => [card.key, card] as const))),
    [sections],
  );
  const cards = useMemo(() => [...shown.values()].filter(({ key }) => chosen.keys.has(key)), [shown, chosen]);

  const toggle = useCallback((key: string) => {
    setChosen(({ keys }) => {
      const next = new Set(keys);
      if (!next.delete(key)) next.add(key);
      return { keys: next, anchor: key };
    });
  }, []);
  const extend = useCallback(
    (key: string) => {
      setChosen(({ keys, anchor }) => ({
        keys: new Set([...keys, ...between(sections, anchor ?? key, key)]),
        anchor: anchor ?? key,
      }));
    },
    [sections],
  );
  const clear = useCallback(() => setChosen(nothing), []);
  return { cards, has: (key: string) => chosen.keys.has(key), toggle, extend, clear };
}
