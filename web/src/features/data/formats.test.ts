import { expect, it } from "vitest";
import { detectFormat, formatOf, problemWith } from "./formats";

it.each([
  ['{"format":"millrace-project","version":1}', "json"],
  ['\uFEFF {"id": "b", "lists": []}', "trello"],
  ["\uFEFFSummary,Issue key,Issue id\r\nOne,A-1,1", "jira"],
  ["Resumen,Clave de incidencia,Estado\nUno,A-1,Listo", "jira"],
  ['"要約","課題キー"\r\n', "jira"],
  ["Title;Status\nIssue key, Summary;x", "csv"],
  ["", "csv"],
])("knows %j as %s", (beginning, format) => {
  expect(formatOf(beginning)).toBe(format);
});

it("knows a file that is UTF-16", async () => {
  const text = "\uFEFFSummary,Issue key\n";
  const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
  expect(await detectFormat(new Blob([units]))).toBe("jira");
});

it("refuses empty and oversized files before upload", () => {
  expect(problemWith({ size: 0 })).toMatch(/empty/);
  expect(problemWith({ size: 200 * 1024 * 1024 })).toMatch(/200 MB, and the limit is 100 MB/);
  expect(problemWith({ size: 5 })).toBeNull();
});
