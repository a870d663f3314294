import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyPage } from "@/lib/api/client";

/** The members of a workspace. */
export const membersQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspaces", workspace, "members"],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/workspaces/{workspace_id}/members", {
            params: {
              path: { workspace_id: workspace },
              query: { limit: 100, ...(cursor ? { cursor } : {}) },
            },
            signal,
          }),
        ),
      ),
  });

/** The invitations to a workspace that are open. */
export const invitesQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspaces", workspace, "invites"],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/workspaces/{workspace_id}/invites", {
            params: {
              path: { workspace_id: workspace },
              query: { limit: 100, ...(cursor ? { cursor } : {}) },
            },
            signal,
          }),
        ),
      ),
  });
