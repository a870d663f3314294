import { expect, it } from "vitest";
import { fromSnapshot } from "@/data/boards/board-state";
import { card, snapshot, sprint } from "@/testing/samples";
import { linesOf, sectionsOf } from "./sections";

const sprints = [sprint("one", { state: "running" }), sprint("two"), sprint("old", { state: "closed" })];
const view = fromSnapshot(
  snapshot([
    card("AB-1", { position: "C" }),
    card("AB-2", { position: "B" }),
    card("AB-3", { sprint_id: "one", status: "done", column_id: "right" }),
    card("AB-4", { sprint_id: "one", position: "A" }),
    card("AB-5", { sprint_id: "old", position: "D" }),
    card("AB-6", { sprint_id: "old", status: "done", column_id: "right" }),
    card("AB-7", { status: "done", column_id: "right" }),
  ]),
);
const sections = sectionsOf(view, sprints);

it("groups open tasks by sprint, with leftovers of closed sprints in the backlog", () => {
  const keys = sections.map(({ id, cards }) => [id, cards.map(({ key }) => key)]);
  expect(keys).toEqual([
    ["one", ["AB-3", "AB-4"]],
    ["two", []],
    ["backlog", ["AB-2", "AB-1", "AB-5"]],
  ]);
});

it("gives every section a head and a foot, even when empty", () => {
  const kinds = linesOf(sections).map(({ kind }) => kind);
  expect(kinds.join(" ")).toBe("head card card foot head foot head card card card foot");
});
