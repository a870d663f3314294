import { expect, it } from "vitest";
import { formatOf, problemTable, problemWith } from "./formats";

it.each([
  ['{"format":"millrace-project","version":1}', "json"],
  ['\uFEFF {"id": "b", "lists": []}', "trello"],
  ["\uFEFFSummary,Issue key,Issue id\r\nOne,A-1,1", "jira"],
  ["Title;Status\nIssue key, Summary;x", "csv"],
  ["", "csv"],
])("knows %j as %s", (beginning, format) => {
  expect(formatOf(beginning)).toBe(format);
});

it("refuses what is empty or too large before it is sent", () => {
  expect(problemWith({ size: 0 })).toMatch(/empty/);
  expect(problemWith({ size: 200 * 1024 * 1024 })).toMatch(/200 MB, and at most 100 MB/);
  expect(problemWith({ size: 5 })).toBeNull();
});

it("writes problems as a table that no spreadsheet runs", () => {
  const text = problemTable([
    { line: 3, field: "title", message: '=1+1 "quoted"', left_out: true },
    { line: 0, field: "cards", message: "2 archived cards", left_out: false },
  ]);
  expect(text.split("\r\n").slice(1, 3)).toEqual([
    '"3","title","\'=1+1 ""quoted""","line left out"',
    '"","cards","2 archived cards","field left out"',
  ]);
});
