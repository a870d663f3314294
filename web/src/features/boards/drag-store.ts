import { useSyncExternalStore } from "react";

/** A card on its way under the pointer. */
export interface CardDrag {
  task: string;
  height: number;
  /** The column under the pointer and the card that the dragged one would go above. */
  over: { column: string; before: string | null } | null;
}

let drag: CardDrag | null = null;
const listeners = new Set<() => void>();

/** Begins, goes on with or ends a drag. */
export function setCardDrag(next: CardDrag | null): void {
  drag = next;
  for (const listener of listeners) listener();
}

/** The drag that is under way. */
export function cardDrag(): CardDrag | null {
  return drag;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The key of the dragged card; null while nothing is dragged. */
export function useDraggedTask(): string | null {
  return useSyncExternalStore(subscribe, () => drag?.task ?? null);
}

/** Where in a column the gap is: above a card, at `end`, or nowhere. */
export function useGap(column: string): string | null {
  return useSyncExternalStore(subscribe, () =>
    drag?.over?.column === column ? (drag.over.before ?? "end") : null,
  );
}
