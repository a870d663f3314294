import { infiniteQueryOptions, type InfiniteData } from "@tanstack/react-query";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, once } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { queryClient } from "@/lib/query-client";
import type { Report, ReportPage, ReportRequest } from "@/lib/api/types";
import { isUnderway } from "../words";

/** How often reports that are being made are looked at, in milliseconds. */
const LOOK_AGAIN = 1_500;

/** The person's own reports, newest first, part by part. Looks again while one of them is on its way. */
export const reportsQuery = infiniteQueryOptions({
  queryKey: ["reports"],
  queryFn: ({ pageParam, signal }) =>
    answer(
      api.GET("/api/reports", {
        params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
        signal,
      }),
    ),
  initialPageParam: "",
  getNextPageParam: (last: ReportPage) => last.next ?? undefined,
  refetchInterval: ({ state }) =>
    state.data?.pages.some((page) => page.items.some(isUnderway)) ? LOOK_AGAIN : false,
});

/** Asks for a report; it shows among the others at once. */
export async function askForReport(request: ReportRequest): Promise<Report> {
  const asked = await answer(api.POST("/api/reports", { params: { header: once() }, body: request }));
  queryClient.setQueryData<InfiniteData<ReportPage, string>>(reportsQuery.queryKey, (known) => {
    const [first, ...rest] = known?.pages ?? [];
    return known && first && { ...known, pages: [{ ...first, items: [asked, ...first.items] }, ...rest] };
  });
  void queryClient.invalidateQueries({ queryKey: reportsQuery.queryKey });
  return asked;
}

/** Keeps the file of a report. */
export async function downloadReport(report: Report): Promise<void> {
  try {
    const { url } = await answer(
      api.GET("/api/reports/{report_id}/download", {
        params: { path: { report_id: report.id } },
        headers: { accept: "application/json" },
      }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.rel = "noopener noreferrer";
    link.click();
  } catch (error) {
    problemToast(`${report.file_name} was not downloaded. ${explain(error)}`);
  }
}
