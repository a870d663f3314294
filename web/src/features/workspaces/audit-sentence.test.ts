import { expect, test } from "vitest";
import { auditSentence } from "./audit-sentence";

const event = { project: "WEB", changes: [], data: {} };

test("a sentence names the task or column", () => {
  const card = { card: { title: "Write it down" } };
  expect(auditSentence({ ...event, type: "task.moved", task: "WEB-1", data: card })).toBe(
    "moved WEB-1 “Write it down”",
  );
  expect(auditSentence({ ...event, type: "column.added", data: { column: { name: "Review" } } })).toBe(
    "added the column “Review” in WEB",
  );
});

test("a move names the new status, whatever the type of its event", () => {
  const changes = [
    { field: "column_id", from: "col_1", to: "col_2" },
    { field: "status", from: "todo", to: "in_progress" },
  ];
  for (const type of ["task.moved", "task.status_changed"] as const) {
    expect(auditSentence({ ...event, type, task: "WEB-1", changes })).toBe("moved WEB-1 to In progress");
  }
  const within = [{ field: "position", from: "a", to: "b" }];
  expect(auditSentence({ ...event, type: "task.moved", task: "WEB-1", changes: within })).toBe("moved WEB-1");
});

test("a change lists the changed fields", () => {
  const changes = [
    { field: "due_date", from: null, to: "2026-01-01" },
    { field: "title", from: "a", to: "b" },
  ];
  expect(auditSentence({ ...event, type: "task.updated", task: "WEB-1", changes })).toBe(
    "changed WEB-1: due date, title",
  );
});

test("a move to another project is not described as archiving", () => {
  const changes = [{ field: "key", from: "WEB-1", to: "APP-2" }];
  const left = auditSentence({ ...event, type: "task.archived", task: "WEB-1", changes });
  const came = auditSentence({ ...event, type: "task.restored", task: "APP-2", changes });
  expect([left, came]).toEqual(["moved WEB-1 to APP-2", "received WEB-1 as APP-2"]);
  expect(auditSentence({ ...event, type: "task.archived", task: "WEB-1" })).toBe("archived WEB-1");
});

test("missing event data still gives a complete sentence", () => {
  expect(auditSentence({ ...event, type: "user.permission_changed", data: null })).toBe(
    "changed the permissions of someone",
  );
  expect(auditSentence({ ...event, type: "board.updated", data: "odd" })).toBe("changed the board of WEB");
});
