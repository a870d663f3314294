import { expect, it } from "vitest";
import type { Flow } from "@/lib/api/types";
import { ageingTable, donePoints, doneTable, flowTable, percentileWords, weekTable } from "./flow-figures";

const flow: Flow = {
  from: "2026-01-05",
  to: "2026-01-06",
  days: [
    { date: "2026-01-05", backlog: 3, todo: 2, in_progress: 1, review: 0, done: 0 },
    { date: "2026-01-06", backlog: 2, todo: 2, in_progress: 1, review: 0, done: 1 },
  ],
  finished: [
    { key: "AB-1", title: "First", date: "2026-01-06", cycle_days: 1.5, lead_days: 4 },
    { key: "AB-2", title: null, date: "2026-01-06", cycle_days: null, lead_days: 9 },
  ],
  cycle_time: { p50: 1.5, p85: 1.5, p95: 1.5 },
  lead_time: { p50: 4, p85: 9, p95: 9 },
  throughput: [{ week: "2026-01-05", tasks: 2 }],
  ageing: [{ key: "AB-3", title: "Third", status: "review", age_days: 2 }],
};

it("skips tasks without a known time", () => {
  expect(donePoints(flow, "cycle").map(({ key, days }) => [key, days])).toEqual([["AB-1", 1.5]]);
  expect(donePoints(flow, "lead").map(({ title }) => title)).toEqual(["First", "An archived task"]);
});

it("lists the same values as rows", () => {
  expect(flowTable(flow).rows[1]?.slice(1)).toEqual([2, 2, 1, 0, 1]);
  expect(doneTable(flow).rows.map((row) => [row[0], row[2], row[3]])).toEqual([
    ["AB-1 First", 1.5, 4],
    ["AB-2", "–", 9],
  ]);
  expect(weekTable(flow).rows[0]?.[1]).toBe(2);
  expect(ageingTable(flow).rows).toEqual([["AB-3 Third", "Review", 2]]);
});

it("states the percentiles in words", () => {
  expect(percentileWords(flow.lead_time)).toBe("50% within 4 days, 85% within 9 days, 95% within 9 days");
  expect(percentileWords({ p50: 1, p85: 1, p95: 2 })).toMatch(/^50% within 1 day,/);
  expect(percentileWords(null)).toBe("No data yet");
});
