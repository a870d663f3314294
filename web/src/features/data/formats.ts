import { fileSize } from "@/lib/file-size";
import type { ImportFormat, ImportProblem } from "@/lib/api/types";

/** The largest file that the server takes. */
const LARGEST = 100 * 1024 * 1024;
/** How much of a file tells what it is. */
const TELLING = 64 * 1024;

/** What each kind of file is called. */
export const formatNames: Record<ImportFormat, string> = {
  csv: "Table (CSV)",
  json: "Millrace project (JSON)",
  trello: "Trello board (JSON)",
  jira: "Jira issues (CSV)",
};

/** What a column of a table can hold, in the words of the page. */
export const targetNames: Record<string, string> = {
  title: "Title",
  description: "Description",
  column: "Column",
  priority: "Priority",
  assignees: "Assignees",
  reporter: "Reporter",
  labels: "Labels",
  story_points: "Story points",
  estimated_hours: "Estimated hours",
  start_date: "Start date",
  due_date: "Due date",
  sprint: "Sprint",
  parent: "Part of",
  key: "Key in the file",
  created_at: "Created",
  closed_at: "Done",
};

/** What is wrong with a file before it is sent; null where nothing is. */
export function problemWith(file: Pick<File, "size">): string | null {
  if (file.size === 0) return "The file is empty. Choose another one.";
  if (file.size > LARGEST)
    return `The file has ${fileSize(file.size)}, and at most ${fileSize(LARGEST)} are taken. Split it into several.`;
  return null;
}

/** What a file is, by how it begins. */
export function formatOf(beginning: string): ImportFormat {
  const text = beginning.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("{")) return text.includes('"millrace-project"') ? "json" : "trello";
  const header = text.split(/\r?\n/, 1)[0]?.toLowerCase() ?? "";
  return header.includes("issue key") && header.includes("summary") ? "jira" : "csv";
}

/** What a chosen file is. */
export async function detectFormat(file: Blob): Promise<ImportFormat> {
  return formatOf(await file.slice(0, TELLING).text());
}

const cell = (text: string) => {
  // A spreadsheet takes what begins so for a formula.
  const safe = /^[ ']*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** The problems of an import as a table, to be kept. */
export function problemTable(problems: readonly ImportProblem[]): string {
  const rows = problems.map(({ line, field, message, left_out }) =>
    [line === 0 ? "" : String(line), field, message, left_out ? "line left out" : "field left out"]
      .map(cell)
      .join(","),
  );
  return `\uFEFF${["Line", "Field", "Problem", "What was done"].map(cell).join(",")}\r\n${rows.map((row) => `${row}\r\n`).join("")}`;
}
