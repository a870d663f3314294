import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** How work flowed over a board in the days from `from` to today. */
export const flowQuery = (board: string, from: string) =>
  queryOptions({
    queryKey: ["boards", board, "flow", from],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/boards/{board_id}/flow", {
          params: { path: { board_id: board }, query: { from } },
          signal,
        }),
      ),
  });
