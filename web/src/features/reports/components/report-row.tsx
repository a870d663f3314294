import { useMutation } from "@tanstack/react-query";
import { Download, FileSpreadsheet, FileText, RotateCw, Table } from "lucide-react";
import { Button } from "@/components/ui/button";
import { problemToast } from "@/components/ui/toast-store";
import { explain } from "@/lib/api/problem";
import type { Report } from "@/lib/api/types";
import { fromNow, fullMoment, shortDay } from "@/lib/dates";
import { fileSize } from "@/lib/file-size";
import { askForReport, downloadReport } from "../api/reports";
import { formatName, isUnderway, reportDays, reportTitle } from "../words";

const icons = { csv: Table, xlsx: FileSpreadsheet, pdf: FileText } as const;

/** A report: what it is, how far it has come, and what can be done with it. */
export function ReportRow({ report }: { report: Report }) {
  const Icon = icons[report.request.format];
  const title = reportTitle(report);
  const download = useMutation({ mutationFn: () => downloadReport(report) });
  const again = useMutation({
    mutationFn: () => askForReport(report.request),
    onError: (error) => problemToast(`${title} was not created. ${explain(error)}`),
  });
  return (
    <li
      data-report={report.state}
      className="border-line flex items-center gap-3 border-b py-3 last:border-b-0 max-sm:flex-wrap"
    >
      <span className="bg-column text-quiet grid size-9 shrink-0 place-items-center rounded-small">
        <Icon size={18} aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{title}</p>
        <p className="text-quiet text-meta" title={fullMoment(report.created_at)}>
          {facts(report).join(", ")}
        </p>
        {report.state === "failed" && (
          <p className="text-danger text-meta mt-0.5">Failed: {report.reason ?? "unknown reason"}</p>
        )}
        {isUnderway(report) && <Progress report={report} />}
      </div>
      {report.state === "done" && (
        <Button
          aria-label={`Download ${report.file_name}`}
          busy={download.isPending}
          onClick={() => download.mutate()}
        >
          <Download size={14} aria-hidden />
          Download
        </Button>
      )}
      {report.state === "failed" && (
        <Button aria-label={`Try ${title} again`} busy={again.isPending} onClick={() => again.mutate()}>
          <RotateCw size={14} aria-hidden />
          Try again
        </Button>
      )}
    </li>
  );
}

function facts(report: Report): string[] {
  const rows = report.rows === null ? null : report.rows === 1 ? "1 row" : `${report.rows} rows`;
  const made = report.state === "done";
  return [
    formatName(report.request.format),
    reportDays(report),
    made ? rows : null,
    made && report.size !== null ? fileSize(report.size) : null,
    fromNow(report.created_at),
    made ? `kept until ${shortDay(report.expires_at.slice(0, 10))}` : null,
  ].filter((fact) => fact !== null);
}

function Progress({ report }: { report: Report }) {
  const words = report.state === "queued" ? "Queued" : "In progress";
  return (
    <div className="mt-1.5 flex items-center gap-2">
      <div
        role="progressbar"
        aria-label={`Progress of ${reportTitle(report)}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={report.progress}
        className="bg-pressed h-1.5 w-40 overflow-hidden rounded-full"
      >
        <div
          className="bg-accent h-full rounded-full transition-[width] duration-300 motion-reduce:transition-none"
          style={{ width: `${Math.max(report.progress, 4)}%` }}
        />
      </div>
      <span className="text-quiet text-meta">{words}</span>
    </div>
  );
}
