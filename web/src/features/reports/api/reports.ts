import { queryOptions } from "@tanstack/react-query";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, once } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { queryClient } from "@/lib/query-client";
import type { Report, ReportRequest } from "@/lib/api/types";
import { isUnderway } from "../words";

/** How often reports that are being made are looked at, in milliseconds. */
const LOOK_AGAIN = 1_500;

/** The person's own reports, newest first. Looks again while one of them is on its way. */
export const reportsQuery = queryOptions({
  queryKey: ["reports"],
  queryFn: async ({ signal }) =>
    (await answer(api.GET("/api/reports", { params: { query: { limit: 50 } }, signal }))).items,
  refetchInterval: ({ state }) => (state.data?.some(isUnderway) ? LOOK_AGAIN : false),
});

/** Asks for a report; it shows among the others at once. */
export async function askForReport(request: ReportRequest): Promise<Report> {
  const asked = await answer(api.POST("/api/reports", { params: { header: once() }, body: request }));
  queryClient.setQueryData(reportsQuery.queryKey, (known) => [asked, ...(known ?? [])]);
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
