import { expect, it } from "vitest";
import type { CustomField } from "@/lib/api/types";
import { task } from "@/testing/samples";
import { leftBehind, staysBecause } from "./transfer";

const label = (id: string, name: string) => ({ id, name, color: "#000000", version: 1 });
const field = (id: string, name: string, kind: string, options: string[] = []) =>
  ({ id, name, kind, options, required: false }) as CustomField;

it("drops labels, fields and sprints missing in the other project", () => {
  const here = {
    labels: [label("a", "Bug"), label("b", "Design"), label("c", "Unused")],
    fields: [
      field("f", "Customer", "text"),
      field("g", "Size", "select", ["small", "large"]),
      field("h", "Budget", "number"),
    ],
  };
  const there = {
    labels: [label("x", "bug")],
    fields: [
      field("y", "customer", "text"),
      field("z", "Size", "select", ["small"]),
      field("w", "Budget", "text"),
    ],
  };
  const moved = task("AB-1", { labels: ["a", "b"], sprint_id: "s1", custom: { f: "Ada", g: "large", h: 5 } });
  expect(leftBehind(moved, here, there)).toEqual({
    labels: ["Design"],
    fields: ["Size", "Budget"],
    sprint: true,
  });
  const small = { ...moved, sprint_id: null, custom: { g: "small" } };
  expect(leftBehind(small, here, there)).toEqual({ labels: ["Design"], fields: [], sprint: false });
});

it("explains why a task cannot leave its project", () => {
  expect(staysBecause(task("AB-1"))).toBeNull();
  expect(staysBecause(task("AB-1", { parent: "AB-2" }))).toContain("subtask of AB-2");
  expect(staysBecause(task("AB-1", { subtask_count: 1 }))).toContain("subtasks");
  expect(staysBecause(task("AB-1", { blocked_by: ["AB-3"] }))).toContain("AB-3");
});
