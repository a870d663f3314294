import { historySentence, type Names } from "@/data/tasks/history-sentence";
import { eventData, type BoardEvent } from "@/lib/api/types";

const plain: Record<string, string> = {
  "workspace.updated": "changed the workspace",
  "project.created": "created the project",
  "project.updated": "changed the project",
  "board.updated": "changed the board",
};

const columns: Record<string, string> = {
  "column.added": "added the column",
  "column.updated": "changed the column",
  "column.moved": "moved the column",
  "column.removed": "removed the column",
};

const sprints: Record<string, string> = {
  "sprint.started": "started",
  "sprint.closed": "closed",
  "sprint.updated": "changed",
};

/** What someone did on a board, as the part of a sentence that follows their name. */
export function timelineSentence(event: BoardEvent, names: Names): string {
  if (event.task) return historySentence(event, names);
  const { column, sprint, member } = eventData(event);
  const named = columns[event.type];
  if (named) return column ? `${named} ${column.name}` : `${named.replace("the", "a")}`;
  const planned = sprints[event.type];
  if (planned) return `${planned} ${sprint ? sprint.name : "a sprint"}`;
  if (event.type === "project.user_added") {
    if (member?.user.id === event.actor.id) return "joined the project";
    return `added ${member ? member.user.name : "someone"} to the project`;
  }
  if (event.type === "project.updated" && member) return `changed the role of ${member.user.name}`;
  return plain[event.type] ?? "changed something";
}
