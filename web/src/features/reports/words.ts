import type { Report, ReportFormat, ReportKind } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";

/** The kinds of report, and what each shows. */
export const reportKinds: readonly { id: ReportKind; name: string; about: string }[] = [
  { id: "tasks", name: "Tasks", about: "Every open and done task of a project, with all of its fields." },
  { id: "sprint", name: "Sprint report", about: "The outcome of a sprint task by task, with its burndown." },
  { id: "velocity", name: "Velocity", about: "Points committed to and done in the last sprints." },
  { id: "time", name: "Timesheet", about: "Logged time by person, day and task." },
  { id: "flow", name: "Flow", about: "Where tasks were each day, and how long they took." },
  { id: "project", name: "Project figures", about: "What happened in a project, and who works on what." },
];

/** The forms of a report. */
export const reportFormats: readonly { id: ReportFormat; name: string; about: string }[] = [
  { id: "xlsx", name: "Excel", about: "A workbook with real numbers and dates" },
  { id: "csv", name: "CSV", about: "Plain text for other tools" },
  { id: "pdf", name: "PDF", about: "Pages to print or share" },
];

const kindNames = new Map(reportKinds.map(({ id, name }) => [id, name]));
const formatNames = new Map(reportFormats.map(({ id, name }) => [id, name]));

/** What a form of report is called. */
export const formatName = (format: ReportFormat) => formatNames.get(format) ?? format;

/** What a report is called: `Tasks of WEB`. */
export const reportTitle = ({ request, subject }: Pick<Report, "request" | "subject">) =>
  `${kindNames.get(request.kind) ?? request.kind} of ${subject}`;

/** The days that a report asks for; none where it asks for all. */
export function reportDays({ request: { from, to } }: Pick<Report, "request">): string | null {
  if (from && to) return `${shortDay(from)} to ${shortDay(to)}`;
  if (from) return `from ${shortDay(from)}`;
  if (to) return `until ${shortDay(to)}`;
  return null;
}

/** Whether a report is still on its way. */
export const isUnderway = ({ state }: Pick<Report, "state">) => state === "queued" || state === "running";
