import { paths } from "@/lib/paths";
import { categoryNames } from "@/lib/task-words";
import { calendarDay, daysUntil, shortDay } from "@/lib/dates";
import type { Notification, NotificationKind } from "@/lib/api/types";

/** What the kinds are called where a person chooses how to hear of them, the most personal first. */
export const kindNames: Record<NotificationKind, string> = {
  assigned: "You are assigned a task",
  mentioned: "Someone mentions you",
  commented: "Someone comments",
  status_changed: "A task changes status",
  updated: "A task is updated",
  due: "Your task is due soon",
  overdue: "Your task is overdue",
  added: "You are added to a project",
  finished: "Your report or import finishes",
};

/** The kinds in that order. */
export const kinds = Object.keys(kindNames) as NotificationKind[];

/** What happened, as the part of a sentence that follows the name of who did it; `subject` is what it happened to. */
export interface Sentence {
  /** Nobody's name goes before it: it tells of the task itself. */
  impersonal: boolean;
  verb: string;
  subject: string;
  rest: string;
}

/** What a notification tells. */
export function sentence(notification: Notification): Sentence {
  const { kind, tasks, task_count: count, status, due_date: due, project } = notification;
  const one = count === 1 ? tasks[0] : undefined;
  const subject = one ? one.title : `${count} tasks`;
  const said = (verb: string, rest = "", impersonal = false): Sentence => ({
    impersonal,
    verb,
    subject,
    rest,
  });
  switch (kind) {
    case "assigned":
      return said("assigned", "to you");
    case "mentioned":
      return said("mentioned you in");
    case "commented":
      return said("commented on");
    case "status_changed":
      return said("moved", one && status ? `to ${categoryNames[status]}` : "");
    case "updated":
      return said("changed");
    case "due":
      return said("", one && due ? `is due ${dueWords(due)}` : count === 1 ? "is due" : "are due", true);
    case "overdue":
      return said("", count === 1 ? "is overdue" : "are overdue", true);
    case "added":
      return { impersonal: false, verb: "added you to", subject: project ?? "a project", rest: "" };
    case "finished":
      return finishedSentence(notification);
  }
}

function finishedSentence({ finished }: Notification): Sentence {
  const done = finished?.done ?? true;
  const subject = finished?.name ?? "Your request";
  if (finished?.work === "import") {
    return { impersonal: true, verb: "The import of", subject, rest: done ? "is done" : "failed" };
  }
  return { impersonal: true, verb: "The report", subject, rest: done ? "is ready" : "failed" };
}

function dueWords(date: string): string {
  const days = daysUntil(date);
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return `on ${shortDay(date)}`;
}

/** The whole sentence as plain text. */
export function plainSentence(notification: Notification): string {
  const { impersonal, verb, subject, rest } = sentence(notification);
  return [impersonal ? "" : notification.actor.name, verb, subject, rest].filter(Boolean).join(" ");
}

/** Where a notification leads. */
export function whereTo(notification: Notification): string {
  const { finished } = notification;
  if (finished?.project) return paths.projectData(finished.project, finished.id);
  if (finished) return paths.reports;
  const [task] = notification.tasks;
  const project = notification.project;
  if (task && project) return paths.task(project, task.board_id, task.key);
  return project ? paths.project(project) : paths.inbox;
}

/** The notifications by the day on which they happened, newest first. */
export function byDay(notifications: readonly Notification[], now = new Date()) {
  const days: { day: string; name: string; items: Notification[] }[] = [];
  for (const notification of notifications) {
    const day = calendarDay(new Date(notification.at));
    // What came as one keeps its place in the list and gets a later moment, so a day can come up again.
    const known = days.find((other) => other.day === day);
    if (known) known.items.push(notification);
    else days.push({ day, name: dayName(day, now), items: [notification] });
  }
  return days;
}

function dayName(day: string, now: Date): string {
  const days = daysUntil(day, now);
  if (days === 0) return "Today";
  if (days === -1) return "Yesterday";
  return shortDay(day, now);
}
