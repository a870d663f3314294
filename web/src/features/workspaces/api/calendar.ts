import { queryOptions } from "@tanstack/react-query";
import { answer, api, unchangedSince } from "@/lib/api/client";
import type { Calendar } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";

/** When the workspace works. */
export const calendarQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspaces", workspace, "calendar"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/workspaces/{workspace_id}/calendar", {
          params: { path: { workspace_id: workspace } },
          signal,
        }),
      ),
  });

/** Settles when the workspace works; refused where somebody else did meanwhile. */
export async function saveCalendar(workspace: string, calendar: Calendar): Promise<Calendar> {
  const { version, ...wanted } = calendar;
  const saved = await answer(
    api.PUT("/api/workspaces/{workspace_id}/calendar", {
      params: { path: { workspace_id: workspace }, header: unchangedSince(version) },
      body: wanted,
    }),
  );
  queryClient.setQueryData(calendarQuery(workspace).queryKey, saved);
  void queryClient.invalidateQueries({ queryKey: ["sprints"] });
  return saved;
}
