import { expect, it } from "vitest";
import { notification } from "@/testing/samples";
import { byDay, plainSentence, whereTo } from "./words";

it("names a finished report or import and links to it", () => {
  const finished = { work: "report" as const, id: "rep_1", name: "WEB-tasks.pdf", project: null, done: true };
  const made = notification("1", { kind: "finished", tasks: [], task_count: 0, finished });
  expect([plainSentence(made), whereTo(made)]).toEqual(["The report WEB-tasks.pdf is ready", "/reports"]);
  const broken = { work: "import" as const, id: "WEB.i1", name: "old.csv", project: "WEB", done: false };
  const off = { ...made, finished: broken };
  expect([plainSentence(off), whereTo(off)]).toEqual([
    "The import of old.csv failed",
    "/p/WEB/data?import=WEB.i1",
  ]);
});

it("names a single task and counts several", () => {
  expect(plainSentence(notification("1"))).toBe("Alex Okafor assigned Title of AB-1 to you");
  expect(plainSentence(notification("1", { task_count: 100 }))).toBe("Alex Okafor assigned 100 tasks to you");
});

it("names the new status, and no actor for due dates", () => {
  const moved = notification("1", { kind: "status_changed", status: "in_progress" });
  expect(plainSentence(moved)).toBe("Alex Okafor moved Title of AB-1 to In progress");
  expect(plainSentence(notification("1", { kind: "overdue" }))).toBe("Title of AB-1 is overdue");
  expect(plainSentence(notification("1", { kind: "due", task_count: 2 }))).toBe("2 tasks are due");
});

it("links to the task, else the project, else the inbox", () => {
  expect(whereTo(notification("1"))).toBe("/p/AB/b/board/t/AB-1");
  expect(whereTo(notification("1", { tasks: [], task_count: 0 }))).toBe("/p/AB");
  expect(whereTo(notification("1", { tasks: [], task_count: 0, project: null }))).toBe("/inbox");
});

it("groups notifications by the person's local day", () => {
  const now = new Date(2026, 0, 6, 12);
  const at = (day: number, hour: number) => new Date(2026, 0, day, hour).toISOString();
  const days = byDay(
    [
      notification("4", { at: at(6, 9) }),
      notification("3", { at: at(6, 0) }),
      notification("2", { at: at(5, 23) }),
      notification("1", { at: at(2, 8) }),
      notification("0", { at: at(5, 22) }),
    ],
    now,
  );
  expect(days.map(({ name, items }) => [name, items.map(({ id }) => id)])).toEqual([
    ["Today", ["4", "3"]],
    ["Yesterday", ["2", "0"]],
    ["Jan 2", ["1"]],
  ]);
});
