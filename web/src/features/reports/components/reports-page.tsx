import { useInfiniteQuery } from "@tanstack/react-query";
import { FileSpreadsheet } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { announce } from "@/lib/announce";
import type { Report } from "@/lib/api/types";
import { reportsQuery } from "../api/reports";
import { choiceFrom } from "../choice";
import { isUnderway, reportTitle } from "../words";
import { ReportForm } from "./report-form";
import { ReportRow } from "./report-row";

/** Reports: what one wants as a file, and what one asked for. The address says what the form begins with. */
export function ReportsPage() {
  const [search] = useSearchParams();
  const reports = useInfiniteQuery(reportsQuery);
  const list = useMemo(() => eachOnce(reports.data?.pages.flatMap(({ items }) => items)), [reports.data]);
  useTellOfMade(list);
  return (
    <>
      <PageHead>
        <PageTitle>Reports</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[760px] flex-col gap-8 px-6 py-8 max-sm:px-4 max-sm:py-5">
          <section aria-label="New report">
            <SectionHead title="New report">
              It is created in the background from what you can see. You can leave this page.
            </SectionHead>
            <ReportForm key={search.toString()} begins={choiceFrom(search)} />
          </section>
          <section aria-label="Your reports">
            <SectionHead title="Your reports">Only you see them. They are kept for 30 days.</SectionHead>
            {reports.isPending && <SkeletonRows rows={3} label="Loading your reports" />}
            {reports.isError && !list && (
              <Failure
                error={reports.error}
                title="Your reports did not load"
                onRetry={() => void reports.refetch()}
              />
            )}
            {list?.length === 0 && (
              <Empty icon={<FileSpreadsheet size={28} aria-hidden />} title="No reports yet">
                Choose a report and a format above. It shows up here when it is ready.
              </Empty>
            )}
            {list && list.length > 0 && (
              <ul className="border-line border-t">
                {list.map((report) => (
                  <ReportRow key={report.id} report={report} />
                ))}
              </ul>
            )}
            {reports.hasNextPage && (
              <Button
                className="mt-4"
                busy={reports.isFetchingNextPage}
                onClick={() => void reports.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </section>
        </div>
      </main>
    </>
  );
}

/** A report that is asked for moves the others on: one may stand at the end of a part and at the beginning of the next. */
function eachOnce(reports: Report[] | undefined): Report[] | undefined {
  return reports && [...new Map(reports.map((report) => [report.id, report])).values()];
}

/** Tells those who do not see the list that a report is made, or was not. */
function useTellOfMade(reports: Report[] | undefined) {
  const underway = useRef(new Set<string>());
  useEffect(() => {
    for (const report of reports ?? []) {
      if (isUnderway(report)) underway.current.add(report.id);
      else if (underway.current.delete(report.id))
        announce(
          report.state === "done"
            ? `${reportTitle(report)} is ready`
            : `${reportTitle(report)} was not created`,
        );
    }
  }, [reports]);
}
