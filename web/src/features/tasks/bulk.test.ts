import { describe, expect, it } from "vitest";
import { card } from "@/testing/samples";
import { drawnBy, putBacks } from "./bulk";

describe("drawnBy", () => {
  it("contains only the changed fields", () => {
    expect(drawnBy(card("AB-1"), { priority: "high", due_date: null })).toEqual({
      priority: "high",
      due_date: null,
    });
    expect(drawnBy(card("AB-1"), { archived: true })).toEqual({});
  });

  it("adds and removes list entries", () => {
    const before = card("AB-1", { labels: ["a", "b"], assignees: ["me"] });
    expect(drawnBy(before, { add_labels: ["b", "c"], remove_labels: ["a"] })).toEqual({ labels: ["b", "c"] });
    expect(drawnBy(before, { assignees: [] })).toEqual({ assignees: [] });
    expect(drawnBy(before, { remove_assignees: ["me"] })).toEqual({ assignees: [] });
  });
});

describe("putBacks", () => {
  const before = [
    card("AB-1", { priority: "low" }),
    card("AB-2", { priority: "urgent" }),
    card("AB-3", { priority: "low" }),
    card("AB-4", { priority: "high" }),
  ];

  it("groups tasks by old value and skips unchanged tasks", () => {
    const after = before.map((item) => ({
      ...item,
      priority: "high" as const,
      version: item.key === "AB-4" ? 1 : 2,
    }));
    expect(putBacks(before, after, { priority: "high" })).toEqual([
      {
        set: { priority: "low" },
        tasks: [
          { task: "AB-1", version: 2 },
          { task: "AB-3", version: 2 },
        ],
      },
      { set: { priority: "urgent" }, tasks: [{ task: "AB-2", version: 2 }] },
    ]);
  });

  it("restores the previous position in the column", () => {
    const cards = [card("AB-1", { position: "C" }), card("AB-2", { position: "B", column_id: "right" })];
    const after = cards.map((item) => ({ ...item, column_id: "done", position: "W", version: 2 }));
    expect(putBacks(cards, after, { column_id: "done" })).toEqual([
      { set: { column_id: "left" }, tasks: [{ task: "AB-1", version: 2, position: "C" }] },
      { set: { column_id: "right" }, tasks: [{ task: "AB-2", version: 2, position: "B" }] },
    ]);
  });

  it("restores the column, the lists and the archived flag", () => {
    const [one] = before;
    const after = [{ ...one!, version: 5 }];
    const back = (set: object) => putBacks(before, after, set)[0]?.set;
    expect(back({ status: "done" })).toEqual({ column_id: "left" });
    expect(back({ add_labels: ["a"], due_date: "2027-01-01" })).toEqual({ labels: [], due_date: null });
    expect(back({ archived: true })).toEqual({ archived: false });
  });
});
