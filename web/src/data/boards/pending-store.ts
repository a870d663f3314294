import { useSyncExternalStore } from "react";
import type { Pending } from "./board-state";

const none: readonly Pending[] = [];
const byBoard = new Map<string, readonly Pending[]>();
const listeners = new Set<() => void>();
let lastId = 0;

type Unnumbered<Write> = Write extends unknown ? Omit<Write, "id"> : never;

function change(board: string, writes: readonly Pending[]) {
  byBoard.set(board, writes);
  for (const listener of listeners) listener();
}

/** The writes to a board that show already and are not answered yet. */
export function pendingWrites(board: string): readonly Pending[] {
  return byBoard.get(board) ?? none;
}

/** Draws a write before it is answered; gives what takes it off again. */
export function drawWrite(board: string, write: Unnumbered<Pending>): () => void {
  lastId += 1;
  const id = lastId;
  change(board, [...pendingWrites(board), { ...write, id }]);
  return () =>
    change(
      board,
      pendingWrites(board).filter((other) => other.id !== id),
    );
}

/** The writes to a board, for drawing. */
export function usePendingWrites(board: string): readonly Pending[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => pendingWrites(board),
  );
}
