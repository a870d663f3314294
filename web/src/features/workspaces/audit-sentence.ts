import { fieldName } from "@/lib/api/problem";
import type { BoardEvent } from "@/lib/api/types";
import { categories, categoryNames } from "@/lib/task-words";

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

/** Something of an event's data by its path; nothing where it is no text. */
function told(event: { data?: unknown }, ...path: string[]): string {
  let value: unknown = event.data;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : null;
  }
  return asText(value);
}

const quoted = (text: string, before = " ") => (text ? `${before}“${text}”` : "");

/** What changed, by the names of the fields. */
function fields(event: Pick<BoardEvent, "changes">): string {
  const names = event.changes.map(({ field }) => fieldName(field));
  return names.length ? `: ${names.join(", ")}` : "";
}

/** The status that a task came to with the event, where it got another one. */
function newStatus(event: Pick<BoardEvent, "changes">): string {
  const to = event.changes.find(({ field }) => field === "status")?.to;
  const status = categories.find((category) => category === to);
  return status ? ` to ${categoryNames[status]}` : "";
}

/** What someone did in the workspace, as the part of a sentence that follows their name. */
export function auditSentence(
  event: Pick<BoardEvent, "type" | "task" | "project" | "changes"> & { data?: unknown },
): string {
  const task = event.task ?? "a task";
  const title = quoted(told(event, "card", "title"));
  const project = event.project ?? "a project";
  const column = quoted(told(event, "column", "name"));
  const board = quoted(told(event, "board", "name"));
  const person = told(event, "person", "name") || "someone";
  const sprint = quoted(told(event, "sprint", "name"));
  const changed = (name: string) => event.changes.find(({ field }) => field === name);
  // A task that was moved leaves one board and comes to another: it was not archived.
  const key = changed("key");
  const moves = key ?? changed("board_id");
  switch (event.type) {
    case "workspace.updated":
      return `changed the workspace${fields(event)}`;
    case "project.created":
      return `created the project ${project}`;
    case "project.updated":
      return `changed the project ${project}${fields(event)}`;
    case "project.user_added":
      return `gave ${person} a role in ${project}`;
    case "board.updated":
      return `changed the board${board} of ${project}${fields(event)}`;
    case "column.added":
      return `added the column${column} in ${project}`;
    case "column.updated":
      return `changed the column${column} in ${project}${fields(event)}`;
    case "column.moved":
      return `moved the column${column} in ${project}`;
    case "column.removed":
      return `removed the column${column} in ${project}`;
    case "task.created":
      return `created ${task}${title}`;
    case "task.moved":
    case "task.status_changed":
      return `moved ${task}${title}${newStatus(event)}`;
    case "task.assigned":
      return `changed the assignees of ${task}${title}`;
    case "task.updated":
      return `changed ${task}${title}${fields(event)}`;
    case "task.archived":
      if (!moves) return `archived ${task}${title}`;
      return `moved ${task}${title} to ${key ? asText(key.to) : "another board"}`;
    case "task.restored":
      if (!moves) return `restored ${task}${title}`;
      return key
        ? `received ${asText(key.from)} as ${task}${title}`
        : `added ${task}${title} to its new board`;
    case "task.deleted":
      return `deleted ${task}${title}`;
    case "comment.added":
      return `commented on ${task}`;
    case "comment.updated":
      return `edited a comment on ${task}`;
    case "comment.removed":
      return `removed a comment on ${task}`;
    case "reaction.added":
      return `reacted to a comment on ${task}`;
    case "reaction.removed":
      return `removed a reaction on ${task}`;
    case "attachment.added":
      return `attached a file to ${task}`;
    case "attachment.removed":
      return `removed a file from ${task}`;
    case "sprint.started":
      return `started the sprint${sprint} in ${project}`;
    case "sprint.closed":
      return `closed the sprint${sprint} in ${project}`;
    case "sprint.updated":
      return `changed the sprint${sprint} in ${project}`;
    case "time.logged":
      return `logged time on ${task}`;
    case "user.created":
      return person === "someone" ? "joined the workspace" : `joined the workspace as ${person}`;
    case "user.updated":
      return `changed the profile of ${person}`;
    case "work.finished": {
      const work = told(event, "finished", "work") === "import" ? "an import" : "a report";
      return `finished ${work}${quoted(told(event, "finished", "name"))}`;
    }
    case "user.permission_changed":
      return `changed the permissions of ${person}${fields(event)}`;
  }
}
