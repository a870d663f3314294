import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** A project's own fields, with the version that a change builds on. */
export const fieldsQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "fields"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/projects/{project}/fields", { params: { path: { project } }, signal })),
  });
