import { describe, expect, it } from "vitest";
import { amountProblem, durationWords, runningClock, typedMinutes } from "./duration";

describe("typedMinutes", () => {
  it.each([
    ["90", 90],
    [" 45 m ", 45],
    ["45min", 45],
    ["1.5h", 90],
    ["1,25 h", 75],
    ["1h 30m", 90],
    ["2 hours 5 minutes", 125],
    ["1:30", 90],
    ["0:05", 5],
  ])("reads %s", (text, minutes) => {
    expect(typedMinutes(text)).toBe(minutes);
  });

  it.each(["", "soon", "-5", "1:60", "h", "1.5", "3 days"])("does not read %s", (text) => {
    expect(typedMinutes(text)).toBeNull();
  });
});

describe("amountProblem", () => {
  it("refuses amounts longer than a day", () => {
    expect(amountProblem(null)).toMatch(/such as/);
    expect(amountProblem(0)).toMatch(/at least a minute/);
    expect(amountProblem(1441)).toMatch(/24 hours/);
    expect(amountProblem(1440)).toBeNull();
  });
});

describe("durations in words", () => {
  it("omits zero parts", () => {
    expect(durationWords(5)).toBe("5 min");
    expect(durationWords(120)).toBe("2 h");
    expect(durationWords(95)).toBe("1 h 35 min");
  });

  it("shows zero when the clock is behind the start", () => {
    expect(runningClock(-2_000)).toBe("0:00:00");
    expect(runningClock(760_900)).toBe("0:12:40");
  });
});
