import { describe, expect, it } from "vitest";
import { task } from "@/testing/samples";
import { disagreements, withChange } from "./merge";

describe("custom fields", () => {
  const before = task("AB-1", { custom: { customer: "Northwind", level: 3 } });

  it("are changed one by one", () => {
    const changed = withChange(before, { custom: { level: 4 } });
    expect(changed.custom).toEqual({ customer: "Northwind", level: 4 });
    expect(withChange(before, { title: "Other" }).custom).toEqual(before.custom);
  });

  it("conflict only when both people set the same field to different values", () => {
    const seen = { custom: { level: 3 } };
    const mine = { custom: { level: 4 } };
    const elsewhere = task("AB-1", { custom: { customer: "Fabrikam", level: 3 } });
    const there = task("AB-1", { custom: { customer: "Northwind", level: 5 } });
    const alike = task("AB-1", { custom: { customer: "Northwind", level: 4 } });
    expect(disagreements(mine, seen, elsewhere)).toEqual([]);
    expect(disagreements(mine, seen, there)).toEqual(["custom"]);
    expect(disagreements(mine, seen, alike)).toEqual([]);
  });
});
