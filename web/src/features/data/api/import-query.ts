import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import type { ImportFound } from "@/lib/api/types";

/** How often it is asked how far an import is. */
const ASK_AGAIN_MS = 700;

const goesOn = (found: ImportFound | undefined) =>
  found?.import.state === "checking" || found?.import.state === "running";

const read = (import_id: string, signal: AbortSignal) =>
  answer(
    api.GET("/api/imports/{import_id}", { params: { path: { import_id }, query: { limit: 100 } }, signal }),
  );

/** How far an import is, and what was found in its file; asked again while it goes on. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", id] as const,
    queryFn: ({ signal }) => read(id, signal),
    refetchInterval: ({ state }) => (goesOn(state.data) ? ASK_AGAIN_MS : false),
    staleTime: 0,
  });
