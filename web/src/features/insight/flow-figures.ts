import type { ChartTable } from "@/components/ui/chart-frame";
import type { Category, Flow } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";

/** The statuses from the bottom of the diagram to its top: what is done carries the rest. */
export const bands: readonly Category[] = ["done", "review", "in_progress", "todo", "backlog"];

/** The statuses as columns of a table, in the order of work. */
const statuses: readonly [Category, string][] = [
  ["backlog", "Backlog"],
  ["todo", "To do"],
  ["in_progress", "In progress"],
  ["review", "Review"],
  ["done", "Done"],
];

/** The days of the cumulative flow, ready to draw. */
export function flowPoints(flow: Flow) {
  return flow.days.map((day) => ({ ...day, label: shortDay(day.date) }));
}

/** The cumulative flow in rows. */
export function flowTable(flow: Flow): ChartTable {
  return {
    columns: ["Day", ...statuses.map(([, name]) => name)],
    rows: flow.days.map((day) => [shortDay(day.date), ...statuses.map(([id]) => day[id])]),
  };
}

/** A task that was done, as a point: when, and how long it took. */
export interface DonePoint {
  at: number;
  days: number;
  key: string;
  title: string;
}

/** Which time is measured: from the beginning of work, or from the making of the task. */
export type Measure = "cycle" | "lead";

/** The tasks whose time is known. */
export function donePoints(flow: Flow, measure: Measure): DonePoint[] {
  return flow.finished.flatMap((task) => {
    const days = measure === "cycle" ? task.cycle_days : task.lead_days;
    if (days === null || days === undefined) return [];
    return [{ at: Date.parse(task.date), days, key: task.key, title: task.title ?? "An archived task" }];
  });
}

/** The done tasks in rows. */
export function doneTable(flow: Flow): ChartTable {
  return {
    columns: ["Task", "Done", "Cycle time, days", "Lead time, days"],
    rows: flow.finished.map((task) => [
      task.title ? `${task.key} ${task.title}` : task.key,
      shortDay(task.date),
      task.cycle_days ?? "–",
      task.lead_days ?? "–",
    ]),
  };
}

/** How long most tasks took, in a sentence. */
export function percentileWords(times: Flow["cycle_time"]): string {
  if (!times) return "No data yet";
  const days = (number: number) => `${number} ${number === 1 ? "day" : "days"}`;
  return `50% within ${days(times.p50)}, 85% within ${days(times.p85)}, 95% within ${days(times.p95)}`;
}

/** The weeks, ready to draw. */
export function weekPoints(flow: Flow) {
  return flow.throughput.map(({ week, tasks }) => ({ label: shortDay(week), tasks }));
}

/** The weeks in rows. */
export function weekTable(flow: Flow): ChartTable {
  return {
    columns: ["Week of", "Tasks done"],
    rows: weekPoints(flow).map(({ label, tasks }) => [label, tasks]),
  };
}

/** Work in progress, ready to draw; only so many bars can be read. */
export function ageingPoints(flow: Flow, most = 15) {
  return flow.ageing
    .slice(0, most)
    .map(({ key, title, status, age_days }) => ({ key, title, status, age_days }));
}

/** Work in progress in rows. */
export function ageingTable(flow: Flow): ChartTable {
  return {
    columns: ["Task", "Status", "Days since work started"],
    rows: flow.ageing.map(({ key, title, status, age_days }) => [
      `${key} ${title}`,
      status === "review" ? "Review" : "In progress",
      age_days,
    ]),
  };
}
