import { useSyncExternalStore } from "react";

/** A task that refused a change of many, and why. */
export interface Refused {
  task: string;
  title: string;
  why: string;
}

/** What is under way, and what of it was refused. */
interface Bulk {
  /** How many tasks are being changed, and how many of them are done; null while nothing runs. */
  running: { done: number; total: number } | null;
  refused: readonly Refused[];
}

let bulk: Bulk = { running: null, refused: [] };
const listeners = new Set<() => void>();

function change(next: Partial<Bulk>) {
  bulk = { ...bulk, ...next };
  for (const listener of listeners) listener();
}

/** Tells how far a change of many tasks has come; null once it is over. */
export function setRunning(running: Bulk["running"]): void {
  change({ running });
}

/** Shows which tasks refused a change, and why; an empty list takes that away. */
export function showRefused(refused: readonly Refused[]): void {
  change({ refused });
}

/** What is under way, and what was refused. */
export function useBulk(): Bulk {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => bulk,
  );
}
