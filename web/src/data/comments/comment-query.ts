import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyPage } from "@/lib/api/client";

/** A task's comments, oldest first. The socket keeps them current while their board is open. */
export const commentsQuery = (task: string) =>
  queryOptions({
    queryKey: ["comments", task] as const,
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/tasks/{task}/comments", {
            params: { path: { task }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
  });
