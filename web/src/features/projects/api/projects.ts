import { queryOptions } from "@tanstack/react-query";
import { answer, api, everyPage } from "@/lib/api/client";

/** Every project that the person may see. */
export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: ({ signal }) =>
    everyPage((cursor) =>
      answer(
        api.GET("/api/projects", {
          params: { query: { limit: 100, ...(cursor ? { cursor } : {}) } },
          signal,
        }),
      ),
    ),
});

/** One project. */
export const projectQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/projects/{project}", { params: { path: { project } }, signal })),
  });

/** A project's boards. */
export const boardsQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "boards"],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/projects/{project}/boards", {
            params: { path: { project }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
  });

/** A project's people and their roles in it. */
export const projectMembersQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "members"],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/projects/{project}/members", {
            params: { path: { project }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
  });

/** A project's labels. */
export const labelsQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "labels"],
    queryFn: ({ signal }) =>
      everyPage((cursor) =>
        answer(
          api.GET("/api/projects/{project}/labels", {
            params: { path: { project }, query: { limit: 100, ...(cursor ? { cursor } : {}) } },
            signal,
          }),
        ),
      ),
  });
