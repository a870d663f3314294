import type { BoardEvent } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { applyCommentEvent } from "./comment-state";
import { commentsQuery } from "./comment-query";

const ABOUT_COMMENTS = /^(comment|reaction)\./;

/** Draws what happened to comments that have been read; what cannot be drawn is read anew. */
export function drawComments(events: readonly BoardEvent[]): void {
  for (const event of events) {
    if (!event.task || !ABOUT_COMMENTS.test(event.type)) continue;
    const { queryKey } = commentsQuery(event.task);
    const known = queryClient.getQueryData(queryKey);
    if (!known) continue;
    const drawn = applyCommentEvent(known, event);
    if (drawn) queryClient.setQueryData(queryKey, drawn);
    else void queryClient.invalidateQueries({ queryKey });
  }
}

/** Reads all comments anew that are shown, after events were missed. */
export function rereadComments(): void {
  void queryClient.invalidateQueries({ queryKey: ["comments"] });
}
