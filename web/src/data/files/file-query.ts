import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyPage } from "@/lib/api/client";
import { isBeingScanned } from "./file-state";

/** How often it is asked whether a thumbnail is there. */
const ASK_AGAIN_MS = 1_500;

/** A task's files, oldest first. The socket keeps them current; their thumbnails come a moment later. */
export const filesQuery = (task: string) =>
  queryOptions({
    queryKey: ["files", task] as const,
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/tasks/{task}/attachments", {
            params: { path: { task }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
    refetchInterval: ({ state }) => (state.data?.some((file) => isBeingScanned(file)) ? ASK_AGAIN_MS : false),
  });
