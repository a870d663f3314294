import { daysFromNow } from "@/lib/dates";
import type { FiguresFilter } from "./api/figures-query";

/** The spans of days that can be chosen by a name; `own` are days that somebody names. */
export const spans = [
  { id: "7", name: "Last 7 days" },
  { id: "30", name: "Last 30 days" },
  { id: "90", name: "Last 90 days" },
  { id: "own", name: "Custom range" },
] as const;

export type SpanId = (typeof spans)[number]["id"];

/** What is chosen in the bar of filters; an empty text is nothing chosen. */
export interface FiguresChoice {
  project: string;
  /** Whose work: a user id or a team id. */
  who: string;
  label: string;
  span: SpanId;
  from: string;
  to: string;
}

export type ChoiceName = keyof FiguresChoice;

/** The most days that a trend shows. */
const MOST_DAYS = 92;

/** What an address asks for. */
export function choiceFrom(search: URLSearchParams): FiguresChoice {
  const text = (name: string) => search.get(name) ?? "";
  const own = Boolean(text("from") || text("to"));
  const span = own ? "own" : (spans.find(({ id }) => id === text("days"))?.id ?? "30");
  return {
    project: text("project"),
    who: text("who"),
    label: text("label"),
    span,
    from: text("from"),
    to: text("to"),
  };
}

/** The address once something is chosen. People and labels are counted apart, so one takes the other's place. */
export function choose(
  search: URLSearchParams,
  name: ChoiceName,
  value: string,
  now = new Date(),
): URLSearchParams {
  const next = new URLSearchParams(search);
  if (name === "span") {
    for (const other of ["days", "from", "to"]) next.delete(other);
    if (value === "own") {
      next.set("from", daysFromNow(-29, now));
      next.set("to", daysFromNow(0, now));
    } else if (value !== "30") next.set("days", value);
    return next;
  }
  if (value) next.set(name, value);
  else next.delete(name);
  if (name === "project") next.delete("label");
  if (name === "who" && value) next.delete("label");
  if (name === "label" && value) next.delete("who");
  return next;
}

/** Why these days cannot be shown, as a sentence; none where they can. */
export function wrongDays({ span, from, to }: FiguresChoice): string | undefined {
  if (span !== "own" || !from || !to) return undefined;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (!(days >= 1)) return "The last day is before the first.";
  if (days > MOST_DAYS) return `Choose at most ${MOST_DAYS} days.`;
  return undefined;
}

/** What the server is asked for. */
export function filterOf(choice: FiguresChoice, now = new Date()): FiguresFilter {
  const { project, who, label, span, from, to } = choice;
  const days =
    span === "own"
      ? { ...(from ? { from } : {}), ...(to ? { to } : {}) }
      : span === "30"
        ? {}
        : { from: daysFromNow(1 - Number(span), now), to: daysFromNow(0, now) };
  return {
    ...(project ? { project } : {}),
    ...(who ? (who.startsWith("team_") ? { team: who } : { person: who }) : label ? { label } : {}),
    ...days,
  };
}
