import { useState } from "react";
import type { KeyBinding } from "@/lib/keys";
import type { Selection } from "@/data/boards/selection";
import { useKeys } from "@/lib/use-keys";
import type { Section } from "./sections";

interface BacklogKeys {
  sections: readonly Section[];
  selection: Selection;
  scrollTo: (key: string) => void;
  /** Opens the list of sections to move to. */
  choose: () => void;
  move: (keys: readonly string[], section: string) => void;
}

/** The keys of the backlog, and the row that they start from. */
export function useBacklogKeys({ sections, selection, scrollTo, choose, move }: BacklogKeys) {
  const [focused, setCurrent] = useState<string | null>(null);
  const keys = sections.flatMap(({ cards }) => cards.map(({ key }) => key));
  const current = focused !== null && keys.includes(focused) ? focused : (keys[0] ?? null);

  const focus = (key: string) => {
    setCurrent(key);
    scrollTo(key);
    // A row that was out of sight is drawn first.
    requestAnimationFrame(() =>
      document
        .querySelector<HTMLElement>(`[data-backlog-task="${CSS.escape(key)}"]`)
        ?.focus({ preventScroll: true }),
    );
  };
  const step = (by: 1 | -1, extend: boolean) => () => {
    const within = document.activeElement?.closest("[data-backlog-task]") !== null;
    const at = current === null ? -1 : keys.indexOf(current);
    const next = within ? keys[at + by] : keys[Math.max(0, at)];
    if (next === undefined) return;
    if (extend && current !== null) {
      if (!selection.has(current)) selection.toggle(current);
      selection.extend(next);
    }
    focus(next);
  };
  const shift = (by: 1 | -1) => () => {
    if (current === null) return;
    const at = sections.findIndex(({ cards }) => cards.some(({ key }) => key === current));
    const target = sections[at + by];
    const moved = selection.has(current) ? selection.cards.map(({ key }) => key) : [current];
    if (!target) return;
    move(moved, target.id);
    requestAnimationFrame(() => focus(current));
  };
  const toggle = () => {
    if (current !== null) selection.toggle(current);
  };
  const arrow = (by: 1 | -1) => (event: KeyboardEvent) => step(by, event.shiftKey)();
  const bindings: KeyBinding[] = [
    { keys: "j", run: step(1, false) },
    { keys: "k", run: step(-1, false) },
    { keys: "ArrowDown", run: arrow(1) },
    { keys: "ArrowUp", run: arrow(-1) },
    { keys: "x", run: toggle },
    { keys: " ", run: toggle },
    { keys: "s", run: choose },
    { keys: "m", run: choose },
    { keys: "[", run: shift(-1) },
    { keys: "]", run: shift(1) },
    { keys: "Escape", run: selection.clear },
  ];
  useKeys(bindings);
  return { current, setCurrent };
}
