import { useCallback, useMemo, useState } from "react";
import type { Card } from "@/lib/api/types";

/** Tasks that show one below the other: a section of the backlog, or a column of a board. */
export interface Shown {
  cards: readonly Card[];
}

/** All tasks between two, both of them included, in the order of the page. */
export function between(shown: readonly Shown[], from: string, to: string): string[] {
  const keys = shown.flatMap(({ cards }) => cards.map(({ key }) => key));
  const [first, last] = [keys.indexOf(from), keys.indexOf(to)].sort((one, other) => one - other);
  return first === undefined || first < 0 || last === undefined ? [to] : keys.slice(first, last + 1);
}

/** Which tasks are chosen, and from which one a stretch is measured. */
interface Chosen {
  keys: ReadonlySet<string>;
  anchor: string | null;
}

const nothing: Chosen = { keys: new Set(), anchor: null };

/** The tasks that are chosen on the page; what is not on it any more is not chosen either. */
export function useSelection(sections: readonly Shown[]) {
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
  const has = useCallback((key: string) => chosen.keys.has(key), [chosen]);
  return useMemo(() => ({ cards, has, toggle, extend, clear }), [cards, has, toggle, extend, clear]);
}

/** What is chosen, and how that is changed. */
export type Selection = ReturnType<typeof useSelection>;
