import { expect, it } from "vitest";
import { sprint } from "@/testing/samples";
import {
  burndownTable,
  burnupTable,
  daysLeft,
  loadOf,
  nextSprint,
  pointsOf,
  sprintPoints,
} from "./sprint-figures";

const days = [
  { date: "2026-01-05", working: true, remaining_points: 8, ideal: 4, scope: 8 },
  { date: "2026-01-06", working: true, remaining_points: 5, ideal: 0, scope: 10 },
  { date: "2026-01-07", working: true, remaining_points: null, ideal: 0, scope: null },
];

it("draws points up to today and leaves future days empty", () => {
  const points = sprintPoints(days, 8);
  expect(points.map(({ remaining }) => remaining)).toEqual([8, 8, 5, null]);
  expect(points.map(({ completed }) => completed)).toEqual([0, 0, 5, null]);
  expect(points[0]).toMatchObject({ label: "Start", ideal: 8, scope: 8 });
  expect(sprintPoints(days, null)).toHaveLength(3);
});

it("lists the same values as rows", () => {
  const points = sprintPoints(days, 8);
  expect(burndownTable(points).rows[0]).toEqual(["Start", 8, 8, 8]);
  expect(burndownTable(points).rows[3]?.slice(1)).toEqual(["–", 0, "–"]);
  expect(burnupTable(points).rows[2]?.slice(1)).toEqual([5, 10]);
});

it("states the load in words", () => {
  expect(loadOf(8, 20)).toMatchObject({ share: 0.4, over: 0, words: "8 of 20 points" });
  expect(loadOf(23, 20)).toMatchObject({ share: 1, over: 3, words: "23 of 20 points, 3 over capacity" });
  expect(loadOf(3, 0)).toMatchObject({ share: 1, over: 3 });
  expect(loadOf(0, 0)).toMatchObject({ share: 0, over: 0 });
  expect(loadOf(5, null).words).toBe("5 points");
  expect(pointsOf([{ story_points: 3 }, { story_points: null }])).toBe(3);
});

it("counts the days that are left", () => {
  const now = new Date(2026, 0, 15);
  expect(daysLeft({ end_date: "2026-01-20" }, now)).toBe("5 days left");
  expect(daysLeft({ end_date: "2026-01-16" }, now)).toBe("1 day left");
  expect(daysLeft({ end_date: "2026-01-15" }, now)).toBe("Last day");
  expect(daysLeft({ end_date: "2026-01-12" }, now)).toBe("3 days over");
});

it("suggests the next sprint from the last one", () => {
  expect(nextSprint([], "2026-01-05")).toEqual({
    name: "Sprint 1",
    start_date: "2026-01-05",
    end_date: "2026-01-18",
    capacity: null,
  });
  const before = [sprint("a", { name: "Sprint 7", capacity: 20 }), sprint("b", { name: "Cleaning" })];
  expect(nextSprint(before, "2026-01-06")).toEqual({
    name: "Sprint 8",
    start_date: "2026-01-17",
    end_date: "2026-01-28",
    capacity: 20,
  });
  expect(nextSprint(before, "2026-03-02")).toMatchObject({
    start_date: "2026-03-02",
    end_date: "2026-03-13",
  });
});
