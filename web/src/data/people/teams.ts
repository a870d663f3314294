import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** The teams of the workspace, by name. */
export const teamsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspaces", workspace, "teams"],
    queryFn: async ({ signal }) => (await answer(api.GET("/api/teams", { signal }))).items,
  });
