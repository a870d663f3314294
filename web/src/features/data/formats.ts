import { fileSize } from "@/lib/file-size";
import type { ImportFormat } from "@/lib/api/types";

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
  status_category: "Category of the status",
  priority: "Priority",
  assignees: "Assignees",
  reporter: "Reporter",
  watchers: "Watchers",
  labels: "Labels",
  story_points: "Story points",
  estimated_hours: "Estimated hours",
  start_date: "Start date",
  due_date: "Due date",
  sprint: "Sprint",
  parent: "Parent",
  key: "Key in the file",
  created_at: "Created",
  closed_at: "Done",
  comments: "Comments",
  work_log: "Logged time",
};

/** What is wrong with a file before it is sent; null where nothing is. */
export function problemWith(file: Pick<File, "size">): string | null {
  if (file.size === 0) return "The file is empty. Choose another one.";
  if (file.size > LARGEST)
    return `The file is ${fileSize(file.size)}, and the limit is ${fileSize(LARGEST)}. Split it into several.`;
  return null;
}

/** What Jira calls the key of an issue, in the languages that it ships. */
const JIRA_KEYS = [
  "issue key",
  "work item key",
  "vorgangsschlüssel",
  "clé de ticket",
  "clave de incidencia",
  "chave da item",
  "chave do item",
  "chiave segnalazione",
  "chiave ticket",
  "issuesleutel",
  "klucz zgłoszenia",
  "課題キー",
  "问题关键字",
  "事务关键字",
  "ключ задачи",
];

/** What a file is, by how it begins. */
export function formatOf(beginning: string): ImportFormat {
  const text = beginning.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("{")) return text.includes('"millrace-project"') ? "json" : "trello";
  const header = text.split(/\r?\n/, 1)[0]?.toLowerCase() ?? "";
  const columns = header.split(/[,;\t|]/).map((name) => name.replaceAll('"', "").trim());
  return columns.some((name) => JIRA_KEYS.includes(name)) ? "jira" : "csv";
}

/** What a chosen file is. */
export async function detectFormat(file: Blob): Promise<ImportFormat> {
  const bytes = new Uint8Array(await file.slice(0, TELLING).arrayBuffer());
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  return formatOf(new TextDecoder(encoding).decode(bytes));
}
