import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import { queryClient } from "@/lib/query-client";
import { fromLateSnapshot, type BoardState } from "./board-state";

/** A board with everything on it. The socket keeps it current, so it does not go stale by itself. */
export const boardQuery = (board: string) =>
  queryOptions({
    queryKey: ["boards", board] as const,
    queryFn: async ({ signal }) => {
      const path = { board_id: board };
      const snapshot = await answer(api.GET("/api/boards/{board_id}", { params: { path }, signal }));
      return fromLateSnapshot(snapshot, boardState(board));
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: false,
  });

/** The board as the server last told it. */
export function boardState(board: string): BoardState | undefined {
  return queryClient.getQueryData<BoardState>(["boards", board]);
}

/** Changes what is known of a board; nothing happens while it has not been read. */
export function updateBoard(board: string, change: (state: BoardState) => BoardState): void {
  queryClient.setQueryData(boardQuery(board).queryKey, (state) => (state ? change(state) : state));
}

/** Reads a board anew. */
export function rereadBoard(board: string): Promise<void> {
  return queryClient.refetchQueries({ queryKey: boardQuery(board).queryKey, exact: true });
}
