import { expect, it } from "vitest";
import { compared, cycleWords, hoursWords } from "./compare";

it("describes a difference in words", () => {
  expect(compared(5, 3)).toBe("2 more than before");
  expect(compared(1, 4)).toBe("3 fewer than before");
  expect(compared(2, 2)).toBe("same as before");
  expect(compared(7.5, 6)).toBe("1.5 more than before");
});

it("formats durations in hours or days", () => {
  expect(hoursWords(7.25)).toBe("7.3 h");
  expect(cycleWords(null)).toBe("none yet");
  expect(cycleWords(30)).toBe("30 h");
  expect(cycleWords(84)).toBe("3.5 days");
});
