import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** What was logged on a task, page by page, the newest first. */
export const timeLogsQuery = (task: string) =>
  infiniteQueryOptions({
    queryKey: ["tasks", task, "time-logs"],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/tasks/{task}/time-logs", {
          params: { path: { task }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The caller's timer. */
export const timerQuery = queryOptions({
  queryKey: ["timer"],
  queryFn: ({ signal }) => answer(api.GET("/api/timer", { signal })),
  refetchOnWindowFocus: true,
});

/** Whose timesheet, and which days. */
export interface Asked {
  user: string;
  from: string;
  to: string;
}

/** What a person logged in a span of days. */
export const timesheetQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["timesheets", asked],
    queryFn: ({ signal }) => answer(api.GET("/api/timesheets", { params: { query: asked }, signal })),
  });

/** The same as CSV. */
export function timesheetCsv(asked: Asked): Promise<string> {
  return answer(
    api.GET("/api/timesheets", {
      params: { query: asked },
      headers: { Accept: "text/csv" },
      parseAs: "text",
    }),
  );
}
