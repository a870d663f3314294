import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";
import { queryClient } from "@/lib/query-client";

/** A project's sprints: those that run, those to come, then the closed ones. */
export const sprintsQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "sprints"],
    queryFn: async ({ signal }) => {
      const params = { path: { project } };
      return (await answer(api.GET("/api/projects/{project}/sprints", { params, signal }))).items;
    },
  });

/** One sprint. */
export const sprintQuery = (sprint: string) =>
  queryOptions({
    queryKey: ["sprints", sprint],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/sprints/{sprint_id}", { params: { path: { sprint_id: sprint } }, signal })),
  });

/** A sprint day by day. */
export const burndownQuery = (sprint: string) =>
  queryOptions({
    queryKey: ["sprints", sprint, "burndown"],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/sprints/{sprint_id}/burndown", { params: { path: { sprint_id: sprint } }, signal }),
      ),
  });

/** What came of a sprint, or how it stands. */
export const reportQuery = (sprint: string) =>
  queryOptions({
    queryKey: ["sprints", sprint, "report"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/sprints/{sprint_id}/report", { params: { path: { sprint_id: sprint } }, signal })),
  });

/** What was done in the last sprints of a project. */
export const velocityQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "velocity"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/projects/{project}/velocity", { params: { path: { project } }, signal })),
  });

/** Has everything about a project's sprints read anew where it shows. */
export function refreshSprints(project: string): void {
  void queryClient.invalidateQueries({ queryKey: ["projects", project, "sprints"] });
  void queryClient.invalidateQueries({ queryKey: ["projects", project, "velocity"] });
  void queryClient.invalidateQueries({ queryKey: ["sprints"] });
}
