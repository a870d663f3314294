import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/lib/api/client";

/** The workspace that is open. */
export const workspaceQuery = (workspace: string) =>
  queryOptions({
    queryKey: ["workspaces", workspace],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/workspaces/{workspace_id}", { params: { path: { workspace_id: workspace } }, signal }),
      ),
  });

/** Which part of the audit trail is asked for. */
export interface AuditFilter {
  actor: string;
  /** The first day, in the person's own time zone; none from the beginning. */
  from: string;
  /** The last day, in the person's own time zone; none until now. */
  to: string;
}

/** The moment that a day begins in the person's own time zone, some days on. */
function dayBegins(day: string, daysOn = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + daysOn).toISOString();
}

const asked = ({ actor, from, to }: AuditFilter) => ({
  ...(actor ? { actor } : {}),
  ...(from ? { from: dayBegins(from) } : {}),
  ...(to ? { to: dayBegins(to, 1) } : {}),
});

/** What happened in the workspace, newest first, page by page. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["audit", filter],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/audit", {
          params: {
            query: {
              limit: 50,
              ...asked(filter),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** All of it as CSV. */
export function auditCsv(filter: AuditFilter): Promise<string> {
  return answer(
    api.GET("/api/audit", {
      params: { query: asked(filter) },
      headers: { Accept: "text/csv" },
      parseAs: "text",
    }),
  );
}

/** The mails to the workspace's members, newest first, or those alone that failed. */
export const mailsQuery = (failed: boolean) =>
  infiniteQueryOptions({
    queryKey: ["mails", failed],
    queryFn: ({ signal, pageParam }) =>
      answer(
        api.GET("/api/admin/mails", {
          params: { query: { limit: 20, failed, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** How much goes on in the workspace. */
export const metricsQuery = queryOptions({
  queryKey: ["metrics"],
  queryFn: ({ signal }) => answer(api.GET("/api/admin/metrics", { signal })),
});
