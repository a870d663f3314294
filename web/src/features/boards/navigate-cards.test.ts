import { describe, expect, it } from "vitest";
import { card, column } from "@/testing/samples";
import { cardInDirection, placementBeside } from "./navigate-cards";

const columns = [column("a", "A"), column("b", "B"), column("c", "C")];
const groups = new Map([
  ["a", [card("AB-1"), card("AB-2"), card("AB-3")]],
  ["b", []],
  ["c", [card("AB-4"), card("AB-5")]],
]);
const go = (from: string | null, direction: "up" | "down" | "left" | "right") =>
  cardInDirection(columns, groups, from, direction)?.key ?? null;

describe("cardInDirection", () => {
  it("starts at the first card", () => {
    expect(go(null, "down")).toBe("AB-1");
    expect(go("AB-99", "left")).toBe("AB-1");
  });
  it("goes up and down, and stops at the ends", () => {
    expect(go("AB-1", "down")).toBe("AB-2");
    expect(go("AB-2", "up")).toBe("AB-1");
    expect(go("AB-1", "up")).toBeNull();
    expect(go("AB-3", "down")).toBeNull();
  });
  it("skips empty columns and keeps the row or takes the last card", () => {
    expect(go("AB-2", "right")).toBe("AB-5");
    expect(go("AB-3", "right")).toBe("AB-5");
    expect(go("AB-4", "left")).toBe("AB-1");
    expect(go("AB-4", "right")).toBeNull();
  });
});

describe("placementBeside", () => {
  it("moves a card one column over at the same row", () => {
    expect(placementBeside(columns, groups, "AB-4", -1)).toEqual({ column: "b", before: null });
    expect(placementBeside(columns, groups, "AB-1", 1)).toEqual({ column: "b", before: null });
    const next = new Map([...groups, ["b", [card("AB-8"), card("AB-9")]]] as [
      string,
      ReturnType<typeof card>[],
    ][]);
    expect(placementBeside(columns, next, "AB-2", 1)).toEqual({ column: "b", before: "AB-9" });
  });
  it("stops at the last column", () => {
    expect(placementBeside(columns, groups, "AB-5", 1)).toBeNull();
    expect(placementBeside(columns, groups, "AB-1", -1)).toBeNull();
  });
});
