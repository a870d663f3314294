import type { Category, Priority, Relation } from "@/lib/api/types";

/** What the categories of columns are called. */
export const categoryNames: Record<Category, string> = {
  backlog: "Backlog",
  todo: "To do",
  in_progress: "In progress",
  review: "Review",
  done: "Done",
};

/** The categories in the order of work. */
export const categories = Object.keys(categoryNames) as Category[];

/** What the priorities are called. */
export const priorityNames: Record<Priority, string> = {
  urgent: "Urgent",
  high: "High",
  medium: "Medium",
  low: "Low",
  lowest: "Lowest",
};

/** The priorities, most pressing first. */
export const priorities = Object.keys(priorityNames) as Priority[];

/** What a task is to those that it is linked to. */
export const relationNames: Record<Relation, string> = {
  blocked_by: "Blocked by",
  blocks: "Blocks",
  relates: "Relates to",
  duplicates: "Duplicates",
  duplicated_by: "Duplicated by",
};

/** The kinds of link, what holds a task up first. */
export const relations = Object.keys(relationNames) as Relation[];
