import type { BoardEvent } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { applyFileEvent } from "./file-state";
import { filesQuery } from "./file-query";

/** Draws what happened to files that have been read. */
export function drawFiles(events: readonly BoardEvent[]): void {
  for (const event of events) {
    if (!event.task || !event.type.startsWith("attachment.")) continue;
    const { queryKey } = filesQuery(event.task);
    const known = queryClient.getQueryData(queryKey);
    if (!known) continue;
    const drawn = applyFileEvent(known, event);
    if (drawn) queryClient.setQueryData(queryKey, drawn);
    else void queryClient.invalidateQueries({ queryKey });
  }
}

/** Reads all files anew that are shown, after events were missed. */
export function rereadFiles(): void {
  void queryClient.invalidateQueries({ queryKey: ["files"] });
}
