import { expect, it } from "vitest";
import { column, event, sprint } from "@/testing/samples";
import { timelineSentence } from "./timeline-sentence";

const names = { people: new Map(), labels: new Map(), columns: new Map([["c2", "Done"]]) };

it.each([
  [event("1", "task.created", { task: "AB-1" }), "created this task"],
  [
    event("1", "task.moved", { task: "AB-1", changes: [{ field: "column_id", from: null, to: "c2" }] }),
    "moved it to Done",
  ],
  [
    event("1", "column.added", { data: { column: column("c3", "B", { name: "Parked" }) } }),
    "added the column Parked",
  ],
  [event("1", "column.removed"), "removed a column"],
  [event("1", "sprint.started", { data: { sprint: sprint("1") } }), "started Sprint 1"],
  [event("1", "sprint.closed"), "closed a sprint"],
  [event("1", "board.updated"), "changed the board"],
  [
    event("1", "project.user_added", { data: { member: { user: { id: "alex", name: "Alex" } } } }),
    "joined the project",
  ],
  [
    event("1", "project.user_added", { data: { member: { user: { id: "noor", name: "Noor" } } } }),
    "added Noor to the project",
  ],
  [
    event("1", "project.updated", { data: { member: { user: { id: "noor", name: "Noor" } } } }),
    "changed the role of Noor",
  ],
  [event("1", "project.updated"), "changed the project"],
  [event("1", "something.new"), "changed something"],
])("says what happened", (happened, expected) => {
  expect(timelineSentence(happened, names)).toBe(expected);
});
