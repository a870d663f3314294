import { describe, expect, it } from "vitest";
import { projectKeyFrom, slugFrom } from "./slug";

describe("slugFrom", () => {
  it.each([
    ["Acme Logistics", "acme-logistics"],
    ["  Café & Söhne!  ", "cafe-sohne"],
    ["日本", ""],
    ["x".repeat(60), "x".repeat(40)],
  ])("%s", (name, slug) => expect(slugFrom(name)).toBe(slug));
});

describe("projectKeyFrom", () => {
  it.each([
    ["Delivery app", "DA"],
    ["Website", "WEBS"],
    ["Über uns", "UU"],
    ["2 fast cars", "FC"],
    ["One two three four five", "OTTF"],
    ["", ""],
  ])("%s", (name, key) => expect(projectKeyFrom(name)).toBe(key));
});
