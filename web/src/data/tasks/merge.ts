import type { Card, Task, TaskChange } from "@/lib/api/types";

/** A field of a task that a person can change. */
export type Field = keyof TaskChange;

/** What fields are called where they are shown. */
export const fieldNames: Record<Field, string> = {
  title: "Title",
  description: "Description",
  priority: "Priority",
  assignees: "Assignees",
  labels: "Labels",
  story_points: "Story points",
  estimated_hours: "Estimate",
  start_date: "Start date",
  due_date: "Due date",
  parent: "Parent",
  reporter: "Reporter",
  custom: "Custom fields",
  sprint_id: "Sprint",
};

/** Whether two values of a field say the same; the order of people and labels says nothing. */
export function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item) => right.includes(item));
  }
  return (left ?? null) === (right ?? null);
}

/**
 * The fields on which two people disagree: changed here, and changed otherwise by someone else since. The
 * rest of a refused write can be sent again as it is.
 */
export function disagreements(change: TaskChange, seen: TaskChange, current: Task): Field[] {
  return (Object.keys(change) as Field[]).filter((field) => {
    if (field !== "custom") return !same(current[field], seen[field]) && !same(current[field], change[field]);
    // Each of the project's own fields is one for itself.
    return Object.entries(change.custom ?? {}).some(
      ([id, value]) => !same(current.custom[id], seen.custom?.[id]) && !same(current.custom[id], value),
    );
  });
}

/** A task with a change drawn in: of the project's own fields, only those that were sent change. */
export function withChange(task: Task, { custom, ...change }: TaskChange): Task {
  return { ...task, ...change, custom: { ...task.custom, ...custom } };
}

/** The part of a task that its card shows. */
export function cardFrom(task: Task): Card {
  return {
    key: task.key,
    title: task.title,
    board_id: task.board_id,
    column_id: task.column_id,
    status: task.status,
    priority: task.priority,
    assignees: task.assignees,
    labels: task.labels,
    story_points: task.story_points ?? null,
    due_date: task.due_date ?? null,
    sprint_id: task.sprint_id ?? null,
    parent: task.parent ?? null,
    position: task.position,
    comment_count: task.comment_count,
    attachment_count: task.attachment_count,
    subtask_done: task.subtask_done,
    subtask_count: task.subtask_count,
    blocked: task.blocked,
    blocked_by: task.blocked_by,
    custom: task.custom,
    archived: task.archived,
    column_since: task.column_since,
    version: task.version,
    updated_at: task.updated_at,
  };
}

/** The part of a change that shows on the card. */
export function cardChange(change: TaskChange): Partial<Card> {
  const { title, priority, assignees, labels, story_points, due_date, sprint_id, parent, custom } = change;
  const shown = { title, priority, assignees, labels, story_points, due_date, sprint_id, parent, custom };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined));
}
