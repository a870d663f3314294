import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** What the workspace has switched on and off. */
export const flagsQuery = queryOptions({
  queryKey: ["flags"],
  queryFn: ({ signal }) => answer(api.GET("/api/flags", { signal })),
});
