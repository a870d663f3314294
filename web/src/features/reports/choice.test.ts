import { describe, expect, it } from "vitest";
import { choiceFrom, missing, requestFor } from "./choice";

const choice = (search: string) => choiceFrom(new URLSearchParams(search));

describe("report choice", () => {
  it("is read from the address, with defaults for unknown values", () => {
    const { kind, format, project } = choice("kind=gantt&format=docx&project=AB");
    expect({ kind, format, project }).toEqual({ kind: "tasks", format: "xlsx", project: "AB" });
  });

  it("says what is missing", () => {
    expect(missing(choice("kind=tasks"))).toBe("Choose a project.");
    expect(missing(choice("kind=sprint&project=AB"))).toBe("Choose a sprint.");
    expect(missing(choice("kind=flow&project=AB"))).toBe("Choose a board.");
    expect(missing(choice("kind=time&from=2026-02-02&to=2026-02-01"))).toBe(
      "The last day is before the first.",
    );
    expect(missing(choice("kind=time"))).toBeNull();
    expect(missing(choice("kind=time&who=project"))).toBe("Choose a project.");
  });

  it("omits fields that its report kind does not accept", () => {
    const all =
      "project=AB&board=AB.b1234&sprint=AB.s1234&who=usr_1&from=2026-01-01&to=2026-01-31&format=pdf";
    const days = { from: "2026-01-01", to: "2026-01-31" };
    expect(requestFor(choice(`kind=sprint&${all}`))).toEqual({
      kind: "sprint",
      format: "pdf",
      sprint: "AB.s1234",
    });
    expect(requestFor(choice(`kind=flow&${all}`))).toEqual({
      kind: "flow",
      format: "pdf",
      board_id: "AB.b1234",
      ...days,
    });
    expect(requestFor(choice(`kind=velocity&${all}`))).toEqual({
      kind: "velocity",
      format: "pdf",
      project: "AB",
    });
    expect(requestFor(choice(`kind=time&${all}`))).toEqual({
      kind: "time",
      format: "pdf",
      user: "usr_1",
      ...days,
    });
    expect(requestFor(choice("kind=time&who=team_1&project=AB"))).toEqual({
      kind: "time",
      format: "xlsx",
      team: "team_1",
    });
    expect(requestFor(choice(`kind=tasks&${all}`))).toEqual({
      kind: "tasks",
      format: "pdf",
      project: "AB",
      sprint: "AB.s1234",
      user: "usr_1",
      ...days,
    });
  });
});
