import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** Which figures are asked for; of person, team and label the server takes one. */
export interface FiguresFilter {
  project?: string;
  person?: string;
  team?: string;
  label?: string;
  from?: string;
  to?: string;
}

/** The figures of the workspace, as far as the caller sees its projects. */
export const dashboardQuery = (filter: FiguresFilter) =>
  queryOptions({
    queryKey: ["analytics", "dashboard", filter],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/analytics/dashboard", { params: { query: filter }, signal })),
  });

/** The figures of a project. */
export const projectFiguresQuery = (project: string, filter: Omit<FiguresFilter, "project">) =>
  queryOptions({
    queryKey: ["analytics", "projects", project, filter],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/projects/{project}/analytics", {
          params: { path: { project }, query: filter },
          signal,
        }),
      ),
  });
