import { describe, expect, it } from "vitest";
import { card, event } from "@/testing/samples";
import { movedSentence, movesByOthers } from "./moved-by-others";

const moved = (task: string, to: string, actor = { id: "alex", name: "Alex", kind: "user" as const }) =>
  event(`e-${task}-${to}`, "task.moved", { task, actor, data: { card: card(task, { column_id: to }) } });

const read = (...events: ReturnType<typeof moved>[]) =>
  movesByOthers(
    events,
    "me",
    () => "left",
    (column) => column.toUpperCase(),
  );

describe("movesByOthers", () => {
  it("ignores own moves and other events", () => {
    const own = moved("AB-1", "right", { id: "me", name: "Me", kind: "user" });
    expect(read(own, event("e", "task.updated", { data: { card: card("AB-1") } }))).toEqual([]);
  });

  it("takes a change of column for a move, whatever the type of its event", () => {
    const changes = [
      { field: "column_id", from: "left", to: "right" },
      { field: "status", from: "todo", to: "done" },
    ];
    const data = { card: card("AB-1", { column_id: "right" }) };
    const actor = { id: "alex", name: "Alex", kind: "user" as const };
    for (const type of ["task.status_changed", "task.updated"] as const) {
      const told = event("e", type, { task: "AB-1", actor, changes, data });
      expect(read(told)).toMatchObject([{ task: "AB-1", to: "RIGHT" }]);
      expect(read({ ...told, changes: [] })).toEqual([]);
    }
  });

  it("counts a card once, at where it ended", () => {
    expect(read(moved("AB-1", "middle"), moved("AB-1", "right"))).toMatchObject([
      { task: "AB-1", to: "RIGHT" },
    ]);
  });
});

describe("movedSentence", () => {
  it("names the card and the column of a single move", () => {
    expect(movedSentence(read(moved("AB-1", "right")))).toBe("Card moved by Alex: AB-1 to RIGHT");
    expect(movedSentence(read(moved("AB-1", "left")))).toBe("Card moved by Alex: AB-1");
  });

  it("counts a burst, by one person or several", () => {
    const sam = { id: "sam", name: "Sam", kind: "user" as const };
    const kim = { id: "kim", name: "Kim", kind: "user" as const };
    const two = [moved("AB-1", "right"), moved("AB-2", "right", sam)];
    expect(movedSentence(read(...two))).toBe("2 cards moved by Alex and Sam");
    expect(movedSentence(read(...two, moved("AB-3", "right", kim)))).toBe(
      "3 cards moved by Alex and 2 others",
    );
  });
});
