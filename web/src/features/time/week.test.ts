import { expect, it } from "vitest";
import { dayAfter, isDay, mondayOf } from "./week";

it("starts a week on Monday across year ends and clock changes", () => {
  expect(mondayOf("2026-11-21")).toBe("2026-11-16");
  expect(mondayOf("2026-11-16")).toBe("2026-11-16");
  expect(mondayOf("2026-11-22")).toBe("2026-11-16");
  expect(mondayOf("2027-01-01")).toBe("2026-12-28");
  expect(dayAfter("2026-10-24", 2)).toBe("2026-10-26");
});

it("rejects strings that are not calendar days", () => {
  expect(isDay("2026-02-28")).toBe(true);
  for (const wrong of ["2026-02-30", "today", "2026-2-1", ""]) expect(isDay(wrong)).toBe(false);
});
