import { useSyncExternalStore } from "react";

let open: string | null = null;
const listeners = new Set<() => void>();

/** Opens the box that adds a card to a column, or closes it. */
export function setQuickAdd(column: string | null): void {
  open = column;
  for (const listener of listeners) listener();
}

/** Whether the box of a column is open. */
export function useQuickAdd(column: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => open === column,
  );
}
