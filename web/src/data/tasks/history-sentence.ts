import type { CustomField, Priority, Relation } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";
import { durationWords } from "@/lib/duration";
import { fieldWords } from "./field-words";
import { fieldNames, type Field } from "./merge";
import { categoryNames, priorityNames, relationNames } from "@/lib/task-words";

/** The names that ids in events stand for. What is not given is not known yet. */
export interface Names {
  people: ReadonlyMap<string, string>;
  labels: ReadonlyMap<string, string>;
  columns: ReadonlyMap<string, string>;
  /** The titles of tasks, by their keys. */
  tasks?: ReadonlyMap<string, string> | undefined;
  /** The project's own fields. */
  fields?: ReadonlyMap<string, Pick<CustomField, "name" | "kind">> | undefined;
  sprints?: ReadonlyMap<string, string> | undefined;
  boards?: ReadonlyMap<string, string> | undefined;
}

const asText = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** What in an event begins the name of one of the project's own fields. */
const OWN = "custom.";

/** A task by its key, with its title where that is known. */
function taskWords(key: string, names: Names): string {
  const title = names.tasks?.get(key);
  return title ? `${key} “${title}”` : key;
}

function sprintWords(id: unknown, names: Names): string {
  return names.sprints ? (names.sprints.get(asText(id)) ?? "a deleted sprint") : "a sprint";
}

function ownWords(id: string, value: unknown, names: Names): string {
  return fieldWords(names.fields?.get(id)?.kind ?? "text", value, (person) => names.people.get(person));
}

const asList = (value: unknown): string[] => (Array.isArray(value) ? value.map(asText) : []);

/** A field's value in words; nothing for no value. */
export function valueWords(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return "";
  const named = (ids: string[], known: ReadonlyMap<string, string>, unknown: string) =>
    ids.map((id) => known.get(id) ?? unknown).join(", ");
  if (field.startsWith(OWN)) return ownWords(field.slice(OWN.length), value, names);
  switch (field) {
    case "assignees":
    case "watchers":
      return named(asList(value), names.people, "a former member");
    case "reporter":
      return names.people.get(asText(value)) ?? "a former member";
    case "labels":
      return named(asList(value), names.labels, "a deleted label");
    case "column_id":
    case "column":
      return names.columns.get(asText(value)) ?? "a deleted column";
    case "status":
      return categoryNames[asText(value) as keyof typeof categoryNames] ?? asText(value);
    case "priority":
      return priorityNames[asText(value) as Priority] ?? asText(value);
    case "due_date":
    case "start_date":
      return shortDay(asText(value));
    case "sprint_id":
      return sprintWords(value, names);
    case "board_id":
      return names.boards?.get(asText(value)) ?? "another board";
    case "parent":
      return taskWords(asText(value), names);
    case "estimated_hours":
      return `${asText(value)} h`;
    case "custom":
      return Object.entries(value as Record<string, unknown>)
        .map(([id, own]) => ownWords(id, own, names))
        .filter(Boolean)
        .join(", ");
    default:
      return asText(value);
  }
}

const listWords = {
  assignees: ["assigned", "unassigned"],
  labels: ["added the label", "removed the label"],
  watchers: ["added the watcher", "removed the watcher"],
} as const;

/** A link that came or went: `said that this blocks WEB-2`. */
function linkWords(from: unknown, to: unknown, names: Names): string {
  const link = (to ?? from) as { kind?: Relation; task?: string } | null;
  if (!link?.kind || !link.task) return "changed a link";
  const what = `${relationNames[link.kind].toLowerCase()} ${taskWords(link.task, names)}`;
  return to ? `linked it: ${what}` : `removed the link: ${what}`;
}

/** Changes that say nothing to a person, or what another one of the same event says already. */
const SILENT = new Set(["position", "updated_at", "closed_at", "version", "column_since"]);

function changeWords(
  { field, from, to }: { field: string; from?: unknown; to?: unknown },
  names: Names,
): string {
  if (field === "description")
    return to ? (from ? "edited the description" : "wrote a description") : "removed the description";
  if (field === "links") return linkWords(from, to, names);
  if (field === "overdue") return "marked it as overdue";
  if (field === "metadata") return "changed its integration data";
  if (field === "assignees" || field === "labels" || field === "watchers") {
    const before = asList(from);
    const after = asList(to);
    const added = valueWords(
      field,
      after.filter((id) => !before.includes(id)),
      names,
    );
    const removed = valueWords(
      field,
      before.filter((id) => !after.includes(id)),
      names,
    );
    const [add, remove] = listWords[field];
    return [added && `${add} ${added}`, removed && `${remove} ${removed}`].filter(Boolean).join(" and ");
  }
  const own = field.startsWith(OWN) && (names.fields?.get(field.slice(OWN.length))?.name ?? "removed field");
  const name = (own || (fieldNames[field as Field] ?? field.replaceAll("_", " "))).toLowerCase();
  const before = valueWords(field, from, names);
  const after = valueWords(field, to, names);
  if (!after) return `removed the ${name}`;
  if (field === "title") return `renamed it from “${before}” to “${after}”`;
  return before ? `changed the ${name} from ${before} to ${after}` : `set the ${name} to ${after}`;
}

const plain: Record<string, string> = {
  "task.created": "created this task",
  "task.archived": "archived this task",
  "task.restored": "restored this task",
  "task.deleted": "deleted this task",
  "comment.added": "commented",
  "comment.updated": "edited a comment",
  "comment.removed": "removed a comment",
  "reaction.added": "reacted to a comment",
  "reaction.removed": "removed a reaction",
  "attachment.added": "attached a file",
  "attachment.removed": "removed a file",
  "commit.linked": "linked a commit",
  "build.updated": "reported a build",
  "sla.breached": "reported a missed target",
};

/** What someone did to logged time. */
function timeWords(changes: readonly { field: string; from?: unknown; to?: unknown }[]): string {
  const minutes = changes.find(({ field }) => field === "minutes");
  const amount = (value: unknown) => (typeof value === "number" ? durationWords(value) : "");
  const before = amount(minutes?.from);
  const after = amount(minutes?.to);
  if (!before) return `logged ${after || "time"}`;
  if (!after) return `removed ${before} of logged time`;
  return before === after ? `changed a log of ${after}` : `changed a log from ${before} to ${after}`;
}

/** How a task that left its board, or came to it, was moved: to another project, or to another board of its own. */
function moveWords(
  type: string,
  changes: readonly { field: string; from?: unknown; to?: unknown }[],
  names: Names,
): string | undefined {
  const key = changes.find(({ field }) => field === "key");
  const board = changes.find(({ field }) => field === "board_id");
  if (type === "task.archived")
    return key
      ? `moved it to ${asText(key.to)}`
      : board && `moved it to ${valueWords("board_id", board.to, names)}`;
  if (type === "task.restored")
    return key
      ? `moved it here from ${asText(key.from)}`
      : board && `moved it here from ${valueWords("board_id", board.from, names)}`;
  return undefined;
}

/** What someone did, as the part of a sentence that follows their name. */
export function historySentence(
  event: { type: string; changes: readonly { field: string; from?: unknown; to?: unknown }[] },
  names: Names,
): string {
  const known = moveWords(event.type, event.changes, names) ?? plain[event.type];
  if (known) return known;
  const planned = event.changes.find(({ field }) => field === "sprint_id");
  if (planned && event.changes.length === 1)
    return planned.to
      ? `planned it for ${sprintWords(planned.to, names)}`
      : `moved it from ${sprintWords(planned.from, names)} back to the backlog`;
  if (event.type === "time.logged") return timeWords(event.changes);
  const changes = event.changes.filter(({ field }) => !SILENT.has(field));
  const column = changes.find(({ field }) => field === "column_id" || field === "column");
  if (column) {
    const from = valueWords("column_id", column.from, names);
    return `moved it${from ? ` from ${from}` : ""} to ${valueWords("column_id", column.to, names)}`;
  }
  const words = changes.map((change) => changeWords(change, names)).filter(Boolean);
  if (words.length) return words.join(", ");
  return event.type === "task.moved" ? "moved it within its column" : "changed this task";
}
