import type { CustomField, Label, Task } from "@/lib/api/types";

/** What a task leaves behind when it goes to another project. */
export interface LeftBehind {
  labels: string[];
  fields: string[];
  sprint: boolean;
}

const same = (left: string, right: string) => left.toLowerCase() === right.toLowerCase();

/** What a task loses in another project: labels and custom fields missing there, and the sprint. */
export function leftBehind(
  task: Task,
  here: { labels: readonly Label[]; fields: readonly CustomField[] },
  there: { labels: readonly Label[]; fields: readonly CustomField[] },
): LeftBehind {
  const labels = here.labels.filter(
    ({ id, name }) => task.labels.includes(id) && !there.labels.some((label) => same(label.name, name)),
  );
  const takes = (field: CustomField) =>
    there.fields.some(
      ({ name, kind, options }) =>
        same(name, field.name) &&
        kind === field.kind &&
        (kind !== "select" || (options ?? []).some((option) => option === task.custom[field.id])),
    );
  const fields = here.fields.filter((field) => task.custom[field.id] !== undefined && !takes(field));
  return {
    labels: labels.map(({ name }) => name),
    fields: fields.map(({ name }) => name),
    sprint: Boolean(task.sprint_id),
  };
}

/** Why a task cannot go to another project as it is; null where it can. */
export function staysBecause(task: Task): string | null {
  if (task.parent) return `It is a subtask of ${task.parent}. Remove it from that task first.`;
  if (task.subtask_count > 0) return "It has subtasks, which must be in the same project. Remove them first.";
  if (task.blocked_by.length > 0) {
    return `It is blocked by ${task.blocked_by.join(", ")}. Remove that link first: it works only within a project.`;
  }
  return null;
}
