import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** A task with all its fields. */
export const taskQuery = (task: string) =>
  queryOptions({
    queryKey: ["tasks", task],
    queryFn: ({ signal }) => answer(api.GET("/api/tasks/{task}", { params: { path: { task } }, signal })),
  });

/** What happened to a task, page by page. */
export const historyQuery = (task: string) =>
  infiniteQueryOptions({
    queryKey: ["tasks", task, "history"],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/tasks/{task}/history", {
          params: { path: { task }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** A project's archived tasks, page by page. */
export const archivedQuery = (project: string) =>
  infiniteQueryOptions({
    queryKey: ["projects", project, "archived"],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/projects/{project}/tasks", {
          params: {
            path: { project },
            query: { archived: true, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });
