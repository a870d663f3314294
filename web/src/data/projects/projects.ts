import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** Every project that the person may see. */
export const projectsQuery = queryOptions({
  queryKey: ["projects"],
  queryFn: async ({ signal }) => (await answer(api.GET("/api/projects", { signal }))).items,
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
    queryFn: async ({ signal }) => {
      const params = { path: { project } };
      return (await answer(api.GET("/api/projects/{project}/boards", { params, signal }))).items;
    },
  });

/** A project's people and their roles in it. */
export const projectMembersQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "members"],
    queryFn: async ({ signal }) => {
      const params = { path: { project } };
      return (await answer(api.GET("/api/projects/{project}/members", { params, signal }))).items;
    },
  });

/** A project's labels. */
export const labelsQuery = (project: string) =>
  queryOptions({
    queryKey: ["projects", project, "labels"],
    queryFn: async ({ signal }) => {
      const params = { path: { project } };
      return (await answer(api.GET("/api/projects/{project}/labels", { params, signal }))).items;
    },
  });
