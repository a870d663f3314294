import { expect, it } from "vitest";
import { choiceFrom, choose, filterOf, wrongDays } from "./filter";

const now = new Date(2026, 0, 31);
const asked = (query: string) => filterOf(choiceFrom(new URLSearchParams(query)), now);

it("reads the filter from the address", () => {
  expect(asked("")).toEqual({});
  expect(asked("project=AB&who=usr_1&days=7")).toEqual({
    project: "AB",
    person: "usr_1",
    from: "2026-01-25",
    to: "2026-01-31",
  });
  expect(asked("who=team_1")).toEqual({ team: "team_1" });
  expect(asked("label=lbl_1&from=2026-01-02&to=2026-01-03")).toEqual({
    label: "lbl_1",
    from: "2026-01-02",
    to: "2026-01-03",
  });
  expect(asked("days=12")).toEqual({});
  // Somebody typed both: the server takes one of them.
  expect(asked("who=usr_1&label=lbl_1")).toEqual({ person: "usr_1" });
});

it("replaces a person by a label, and clears the label with its project", () => {
  const search = new URLSearchParams("project=AB&who=usr_1&days=7");
  const labelled = choose(search, "label", "lbl_1", now);
  expect(labelled.toString()).toBe("project=AB&days=7&label=lbl_1");
  expect(choose(labelled, "who", "team_1", now).toString()).toBe("project=AB&days=7&who=team_1");
  expect(choose(labelled, "project", "", now).toString()).toBe("days=7");
  expect(choose(labelled, "label", "", now).toString()).toBe("project=AB&days=7");
});

it("starts a custom range with the last 30 days", () => {
  const own = choose(new URLSearchParams("days=7"), "span", "own", now);
  expect(own.toString()).toBe("from=2026-01-02&to=2026-01-31");
  expect(choiceFrom(own).span).toBe("own");
  expect(choose(own, "span", "30", now).toString()).toBe("");
  expect(choose(own, "span", "90", now).toString()).toBe("days=90");
});

it("refuses a reversed or too long range", () => {
  const days = (query: string) => wrongDays(choiceFrom(new URLSearchParams(query)));
  expect(days("from=2026-01-02&to=2026-01-02")).toBeUndefined();
  expect(days("from=2026-01-03&to=2026-01-02")).toBe("The last day is before the first.");
  expect(days("from=2026-01-01&to=2026-04-02")).toBeUndefined();
  expect(days("from=2026-01-01&to=2026-04-03")).toBe("Choose at most 92 days.");
});
