import { expect, it } from "vitest";
import { mentionAt, toStored, toTyped, typedMention, whoMatches } from "./mention-text";

const people = [
  { id: "usr_anna", name: "Anna" },
  { id: "usr_lee", name: "Anna Lee" },
  { id: "usr_one", name: "Kim Novak" },
  { id: "usr_two", name: "Kim Novak" },
];

it("stores a unique name as a mention, longest name first", () => {
  expect(toStored("@Anna Lee and @Anna, please", people)).toBe(
    "@[Anna Lee](usr_lee) and @[Anna](usr_anna), please",
  );
  expect(toStored("mail@Anna, @Annabel, @Nobody and @", people)).toBe("mail@Anna, @Annabel, @Nobody and @");
});

it("keeps the id for people who share a name", () => {
  expect(typedMention({ id: "usr_two", name: "Kim Novak" }, people)).toBe("@[Kim Novak](usr_two)");
  expect(toStored("@[Kim Novak](usr_two)", people)).toBe("@[Kim Novak](usr_two)");
  expect(toTyped("@[Kim Novak](usr_two)", people)).toBe("@[Kim Novak](usr_two)");
});

it("shows mentions with the current name", () => {
  expect(toTyped("Ask @[Ann](usr_anna) or @[Gone](usr_gone)", people)).toBe("Ask @Anna or @[Gone](usr_gone)");
  for (const text of ["@Anna", "Hi @Anna Lee.", "no one", "@[Gone](usr_gone) and @Anna"]) {
    expect(toTyped(toStored(text, people), people)).toBe(text);
  }
});

it("finds the mention at the cursor", () => {
  expect(mentionAt("Hi @an", 6)).toEqual({ start: 3, typed: "an" });
  expect(mentionAt("@", 1)).toEqual({ start: 0, typed: "" });
  expect(mentionAt("@Anna L", 7)).toEqual({ start: 0, typed: "Anna L" });
  expect(mentionAt("Hi @an and", 6)).toEqual({ start: 3, typed: "an" });
  expect(mentionAt("mail@an", 7)).toBeNull();
  expect(mentionAt("@Anna is here", 13)).toBeNull();
});

it("suggests people by the start of any of their names", () => {
  expect(whoMatches(people, "le").map(({ id }) => id)).toEqual(["usr_lee"]);
  expect(whoMatches(people, "anna").map(({ id }) => id)).toEqual(["usr_anna", "usr_lee"]);
  expect(whoMatches(people, "x")).toEqual([]);
});
