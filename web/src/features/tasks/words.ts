import type { Category, Priority } from "@/lib/api/types";

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
