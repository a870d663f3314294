import type { Category, ReportFormat, ReportKind, ReportRequest } from "@/lib/api/types";
import { reportFormats, reportKinds } from "./words";

/** What is chosen in the form; an empty text is nothing chosen. */
export interface Choice {
  kind: ReportKind;
  format: ReportFormat;
  project: string;
  board: string;
  sprint: string;
  /** Whose time or tasks: a user id, a team id, or `project` for everybody in the project. */
  who: string;
  status: Category | "";
  from: string;
  to: string;
}

const nothing: Choice = {
  kind: "tasks",
  format: "xlsx",
  project: "",
  board: "",
  sprint: "",
  who: "",
  status: "",
  from: "",
  to: "",
};

/** What an address asks for, as other pages lead here. */
export function choiceFrom(search: URLSearchParams): Choice {
  const text = (name: string) => search.get(name) ?? "";
  return {
    ...nothing,
    kind: reportKinds.find(({ id }) => id === search.get("kind"))?.id ?? nothing.kind,
    format: reportFormats.find(({ id }) => id === search.get("format"))?.id ?? nothing.format,
    project: text("project"),
    board: text("board"),
    sprint: text("sprint"),
    who: text("who"),
    from: text("from"),
    to: text("to"),
  };
}

/** Whether a kind of report is about a project that has to be chosen. */
export const needsProject = ({ kind, who }: Pick<Choice, "kind" | "who">) =>
  kind !== "time" || who === "project";

/** Whether a kind of report is about some days. */
export const takesDays = (kind: ReportKind) => kind !== "sprint" && kind !== "velocity";

/** What is missing before the report can be asked for, as a sentence; none where nothing is. */
export function missing(choice: Choice): string | null {
  if (needsProject(choice) && !choice.project) return "Choose a project.";
  if (choice.kind === "sprint" && !choice.sprint) return "Choose a sprint.";
  if (choice.kind === "flow" && !choice.board) return "Choose a board.";
  if (takesDays(choice.kind) && choice.from && choice.to && choice.to < choice.from)
    return "The last day is before the first.";
  return null;
}

/** The request for a choice, without the fields that its report kind does not accept. */
export function requestFor(choice: Choice): ReportRequest {
  const { kind, format, project, board, sprint, who, status, from, to } = choice;
  const days = takesDays(kind) ? { ...(from ? { from } : {}), ...(to ? { to } : {}) } : {};
  switch (kind) {
    case "sprint":
      return { kind, format, sprint };
    case "flow":
      return { kind, format, board_id: board, ...days };
    case "velocity":
    case "project":
      return { kind, format, project, ...days };
    case "time":
      if (who === "project") return { kind, format, project, ...days };
      if (who.startsWith("team_")) return { kind, format, team: who, ...days };
      return { kind, format, ...(who ? { user: who } : {}), ...days };
    case "tasks":
      return {
        kind,
        format,
        project,
        ...(sprint ? { sprint } : {}),
        ...(who && who !== "project" && !who.startsWith("team_") ? { user: who } : {}),
        ...(status ? { status: [status] } : {}),
        ...days,
      };
  }
}
