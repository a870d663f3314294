import type { ChartTable } from "@/components/ui/chart-frame";
import type { BurndownDay, Card, Sprint, Velocity } from "@/lib/api/types";
import { calendarDay, daysUntil, shortDay } from "@/lib/dates";

/** A point of the burndown and the burn-up: how it stood at the end of a day, or at the start. */
export interface SprintPoint {
  label: string;
  remaining: number | null;
  ideal: number;
  scope: number | null;
  completed: number | null;
}

/** What the charts of a sprint draw: the start, then the end of each day. */
export function sprintPoints(days: readonly BurndownDay[], committed: number | null): SprintPoint[] {
  const points = days.map(({ date, remaining_points, ideal, scope }) => {
    const remaining = remaining_points ?? null;
    const all = scope ?? null;
    const completed = remaining === null || all === null ? null : all - remaining;
    return { label: shortDay(date), remaining, ideal, scope: all, completed };
  });
  if (committed === null) return points;
  return [
    { label: "Start", remaining: committed, ideal: committed, scope: committed, completed: 0 },
    ...points,
  ];
}

const told = (value: number | null) => value ?? "–";

/** The burndown in rows. */
export function burndownTable(points: readonly SprintPoint[]): ChartTable {
  return {
    columns: ["Day", "Remaining", "Ideal", "Scope"],
    rows: points.map(({ label, remaining, ideal, scope }) => [label, told(remaining), ideal, told(scope)]),
  };
}

/** The burn-up in rows. */
export function burnupTable(points: readonly SprintPoint[]): ChartTable {
  return {
    columns: ["Day", "Completed", "Scope"],
    rows: points.map(({ label, completed, scope }) => [label, told(completed), told(scope)]),
  };
}

/** The velocity in rows. */
export function velocityTable(velocity: Velocity): ChartTable {
  return {
    columns: ["Sprint", "Committed", "Completed"],
    rows: velocity.sprints.map((sprint) => [sprint.name, sprint.committed_points, sprint.completed_points]),
  };
}

/** The points of some tasks; one that nobody guessed has none. */
export function pointsOf(cards: readonly Pick<Card, "story_points">[]): number {
  return cards.reduce((sum, { story_points }) => sum + (story_points ?? 0), 0);
}

/** How much is planned against what people can do. */
export interface Load {
  points: number;
  capacity: number | null;
  /** From 0 to 1; more than all of it is all of it. */
  share: number;
  over: number;
  words: string;
}

/** What the bar of a sprint says. */
export function loadOf(points: number, capacity: number | null): Load {
  if (capacity === null) return { points, capacity, share: 0, over: 0, words: `${points} points` };
  const over = Math.max(0, points - capacity);
  const share = capacity === 0 ? (points > 0 ? 1 : 0) : Math.min(1, points / capacity);
  const words = `${points} of ${capacity} points${over > 0 ? `, ${over} over capacity` : ""}`;
  return { points, capacity, share, over, words };
}

/** How long a running sprint still goes on. */
export function daysLeft(sprint: Pick<Sprint, "end_date">, now = new Date()): string {
  const left = daysUntil(sprint.end_date, now);
  if (left < 0) return left === -1 ? "1 day over" : `${-left} days over`;
  return left === 0 ? "Last day" : left === 1 ? "1 day left" : `${left} days left`;
}

/** The days of a sprint. */
export function sprintDays(sprint: Pick<Sprint, "start_date" | "end_date">): string {
  return `${shortDay(sprint.start_date)} – ${shortDay(sprint.end_date)}`;
}

function plusDays(date: string, days: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return calendarDay(new Date(year, month - 1, day + days));
}

/** What the next sprint is likely to be: a number higher, as long as the last one, and right after it. */
export function nextSprint(sprints: readonly Sprint[], today: string) {
  const last = [...sprints].sort((one, other) => other.end_date.localeCompare(one.end_date))[0];
  const numbers = sprints.map(({ name }) => Number(/(\d+)\s*$/.exec(name)?.[1] ?? 0));
  const after = last && last.end_date >= today ? plusDays(last.end_date, 1) : today;
  const length = last
    ? Math.round((Date.parse(last.end_date) - Date.parse(last.start_date)) / 86_400_000)
    : 13;
  return {
    name: `Sprint ${Math.max(0, ...numbers, sprints.length) + 1}`,
    start_date: after,
    end_date: plusDays(after, length),
    capacity: last?.capacity ?? null,
  };
}
