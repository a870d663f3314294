import { infiniteQueryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import type { BoardEvent } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";

/** What happened on a board and to its whole project, newest first, page by page. */
export const timelineQuery = (board: string) =>
  infiniteQueryOptions({
    queryKey: ["boards", board, "timeline"],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/boards/{board_id}/events", {
          params: {
            path: { board_id: board },
            query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Draws what has just happened into a timeline that has been read. */
export function drawTimeline(board: string, events: readonly BoardEvent[]): void {
  queryClient.setQueryData(timelineQuery(board).queryKey, (known) => {
    const [first, ...older] = known?.pages ?? [];
    if (!known || !first) return known;
    const drawn = new Set(known.pages.flatMap(({ items }) => items.map(({ id }) => id)));
    const fresh = events.filter(({ id }) => !drawn.has(id)).reverse();
    return { ...known, pages: [{ ...first, items: [...fresh, ...first.items] }, ...older] };
  });
}

/** Reads a timeline anew that is shown, after events were missed. */
export function rereadTimeline(board: string): void {
  void queryClient.invalidateQueries({ queryKey: timelineQuery(board).queryKey });
}
