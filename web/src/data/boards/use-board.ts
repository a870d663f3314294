import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { boardQuery, boardState } from "./board-query";
import { withBlocked, withPending, type BoardState } from "./board-state";
import { pendingWrites, usePendingWrites } from "./pending-store";

/** A board as it shows: what the server told, and what is under way. */
export function useBoard(board: string) {
  const query = useQuery(boardQuery(board));
  const pending = usePendingWrites(board);
  const state = query.data;
  const view = useMemo(
    () => (state ? withBlocked(withPending(state, pending)) : undefined),
    [state, pending],
  );
  return { ...query, view };
}

/** A board as it shows at this moment. */
export function boardView(board: string): BoardState | undefined {
  const state = boardState(board);
  return state && withBlocked(withPending(state, pendingWrites(board)));
}
