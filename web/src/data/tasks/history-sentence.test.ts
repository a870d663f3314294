import { describe, expect, it } from "vitest";
import { historySentence } from "./history-sentence";

const names = {
  people: new Map([
    ["alex", "Alex"],
    ["mara", "Mara"],
  ]),
  labels: new Map([["bug", "Bug"]]),
  fields: new Map([
    ["fld_1", { name: "Size", kind: "text" as const }],
    ["fld_2", { name: "Customer", kind: "person" as const }],
  ]),
  sprints: new Map([["s1", "Sprint 1"]]),
  boards: new Map([["b1", "Design"]]),
  tasks: new Map([["AB-2", "Sign the contract"]]),
  columns: new Map([
    ["c1", "To do"],
    ["c2", "Done"],
  ]),
};
const say = (type: string, ...changes: { field: string; from?: unknown; to?: unknown }[]) =>
  historySentence({ type, changes }, names);

describe("historySentence", () => {
  it.each([
    [say("task.created"), "created this task"],
    [say("task.archived"), "archived this task"],
    [say("task.archived", { field: "key", from: "WEB-1", to: "APP-2" }), "moved it to APP-2"],
    [say("task.restored", { field: "key", from: "WEB-1", to: "APP-2" }), "moved it here from WEB-1"],
    [say("task.restored", { field: "board_id", from: "b1", to: "b2" }), "moved it here from Design"],
    [say("task.archived", { field: "board_id", from: "b2", to: "b1" }), "moved it to Design"],
    [say("task.archived", { field: "board_id", from: "b1", to: "b9" }), "moved it to another board"],
    [say("task.updated", { field: "sprint_id", from: null, to: "s1" }), "planned it for Sprint 1"],
    [
      say("task.updated", { field: "sprint_id", from: "s1", to: null }),
      "moved it from Sprint 1 back to the backlog",
    ],
    [say("task.updated", { field: "sprint_id", from: null, to: "s9" }), "planned it for a deleted sprint"],
    [
      historySentence(
        { type: "task.updated", changes: [{ field: "sprint_id", from: null, to: "s1" }] },
        { ...names, sprints: undefined },
      ),
      "planned it for a sprint",
    ],
    [
      say("task.updated", { field: "priority", from: "low", to: "high" }, { field: "sprint_id", to: "s1" }),
      "changed the priority from Low to High, set the sprint to Sprint 1",
    ],
    [
      say("task.updated", { field: "parent", from: null, to: "AB-2" }),
      "set the parent to AB-2 “Sign the contract”",
    ],
    [say("task.updated", { field: "custom.fld_2", from: null, to: "mara" }), "set the customer to Mara"],
    [
      say("task.updated", { field: "custom.fld_2", from: "mara", to: "zoe" }),
      "changed the customer from Mara to a former member",
    ],
    [say("task.updated", { field: "custom.fld_9", from: null, to: "x" }), "set the removed field to x"],
    [say("task.updated", { field: "overdue", from: false, to: true }), "marked it as overdue"],
    [say("task.updated", { field: "metadata", from: {}, to: { crm: 1 } }), "changed its integration data"],
    [
      say(
        "task.moved",
        { field: "column_id", from: "c1", to: "c2" },
        { field: "status", from: "todo", to: "done" },
      ),
      "moved it from To do to Done",
    ],
    [say("task.moved", { field: "position", from: "A", to: "B" }), "moved it within its column"],
    [
      say("task.moved", { field: "column_id", from: "c9", to: "c2" }),
      "moved it from a deleted column to Done",
    ],
    [
      say("task.assigned", { field: "assignees", from: ["mara"], to: ["alex"] }),
      "assigned Alex and unassigned Mara",
    ],
    [say("task.updated", { field: "labels", from: [], to: ["bug"] }), "added the label Bug"],
    [
      say("task.updated", { field: "priority", from: "low", to: "urgent" }),
      "changed the priority from Low to Urgent",
    ],
    [say("task.updated", { field: "story_points", from: null, to: 0 }), "set the story points to 0"],
    [say("task.updated", { field: "due_date", from: "2020-02-01", to: null }), "removed the due date"],
    [say("task.updated", { field: "title", from: "A", to: "B" }), "renamed it from “A” to “B”"],
    [say("task.updated", { field: "description", from: "x", to: "y" }), "edited the description"],
    [
      say("task.updated", { field: "priority", from: "low", to: "high" }, { field: "parent", to: "AB-1" }),
      "changed the priority from Low to High, set the parent to AB-1",
    ],
    [
      say("task.updated", { field: "links", from: null, to: { kind: "blocked_by", task: "AB-2" } }),
      "linked it: blocked by AB-2 “Sign the contract”",
    ],
    [
      say("task.updated", { field: "links", from: { kind: "relates", task: "AB-2" }, to: null }),
      "removed the link: relates to AB-2 “Sign the contract”",
    ],
    [
      say("task.updated", { field: "watchers", from: ["mara"], to: ["mara", "alex"] }),
      "added the watcher Alex",
    ],
    [
      say("task.updated", { field: "custom.fld_1", from: "small", to: "large" }),
      "changed the size from small to large",
    ],
    [say("task.updated"), "changed this task"],
  ])("%s", (said, expected) => {
    expect(said).toBe(expected);
  });
});
