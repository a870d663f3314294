import type { BulkSet, Card } from "@/lib/api/types";

/** A list with some taken in and others taken out. */
const changed = (
  before: readonly string[],
  all: readonly string[] | undefined,
  add: readonly string[] = [],
  remove: readonly string[] = [],
): string[] => [...new Set([...(all ?? before), ...add].filter((id) => !remove.includes(id)))];

/** What of a card a change of many tasks draws, but for its place. */
export function drawnBy(card: Card, set: BulkSet): Partial<Card> {
  const { priority, story_points, due_date, sprint_id } = set;
  const people = set.assignees || set.add_assignees || set.remove_assignees;
  const tags = set.labels || set.add_labels || set.remove_labels;
  const drawn = {
    priority,
    story_points,
    due_date,
    sprint_id,
    assignees: people && changed(card.assignees, set.assignees, set.add_assignees, set.remove_assignees),
    labels: tags && changed(card.labels, set.labels, set.add_labels, set.remove_labels),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
}

/** What a card was before, in the fields that a change of many tasks is about. */
function formerly(card: Card, set: BulkSet): BulkSet {
  const former: BulkSet = {};
  if (set.archived !== undefined) return { archived: card.archived };
  if (set.column_id !== undefined || set.status !== undefined) former.column_id = card.column_id;
  if (set.priority !== undefined) former.priority = card.priority;
  if (set.story_points !== undefined) former.story_points = card.story_points ?? null;
  if (set.due_date !== undefined) former.due_date = card.due_date ?? null;
  if (set.sprint_id !== undefined) former.sprint_id = card.sprint_id ?? null;
  if (set.assignees || set.add_assignees || set.remove_assignees) former.assignees = card.assignees;
  if (set.labels || set.add_labels || set.remove_labels) former.labels = card.labels;
  return former;
}

/** A change that puts tasks back: only those that still have the version that the first change gave them. */
export interface PutBack {
  set: BulkSet;
  /** With the place in the column that each goes back to, where they were moved. */
  tasks: { task: string; version: number; position?: string }[];
}

/** What puts cards back to what they were: those that were alike go together, and those that never changed stay. */
export function putBacks(before: readonly Card[], after: readonly Card[], set: BulkSet): PutBack[] {
  const groups = new Map<string, PutBack>();
  for (const now of after) {
    const card = before.find(({ key }) => key === now.key);
    if (!card || card.version === now.version) continue;
    const former = formerly(card, set);
    const alike = JSON.stringify(former);
    const group = groups.get(alike) ?? { set: former, tasks: [] };
    const place = former.column_id === undefined ? {} : { position: card.position };
    group.tasks.push({ task: now.key, version: now.version, ...place });
    groups.set(alike, group);
  }
  return [...groups.values()];
}

/** How many tasks, in words. */
export const tasksInWords = (count: number): string => `${count} ${count === 1 ? "task" : "tasks"}`;
