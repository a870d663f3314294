import { describe, expect, it } from "vitest";
import { compareCards, compareRanks, rankBetween } from "./rank";

describe("rankBetween", () => {
  it.each([
    [null, null],
    ["V", null],
    [null, "V"],
    ["A", "B"],
    ["A", "A1"],
    ["Az", "B"],
    ["zzz", null],
    [null, "01"],
    ["a0V", "a1"],
  ])("lies between %s and %s", (before, after) => {
    const rank = rankBetween(before, after);
    if (before !== null) expect(compareRanks(rank, before)).toBe(1);
    if (after !== null) expect(compareRanks(rank, after)).toBe(-1);
  });

  it("always finds a rank, even when the same gap is used repeatedly", () => {
    let low = "A";
    const high = "B";
    for (let turn = 0; turn < 200; turn += 1) {
      const rank = rankBetween(low, high);
      expect(rank > low && rank < high).toBe(true);
      low = rank;
    }
    let top: string | null = null;
    for (let turn = 0; turn < 200; turn += 1) {
      const rank = rankBetween(null, top);
      if (top !== null) expect(rank < top).toBe(true);
      top = rank;
    }
  });

  it("ends where two ranks leave no room", () => {
    expect(typeof rankBetween("A", "A0")).toBe("string");
    expect(typeof rankBetween("A", "A")).toBe("string");
  });
});

describe("compareCards", () => {
  it("sorts by bytes rather than locale, then by task number", () => {
    const keys = [
      { key: "AB-10", position: "a" },
      { key: "AB-9", position: "a" },
      { key: "AB-1", position: "B" },
    ];
    expect(keys.sort(compareCards).map(({ key }) => key)).toEqual(["AB-1", "AB-9", "AB-10"]);
  });
});
