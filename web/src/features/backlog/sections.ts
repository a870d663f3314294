import type { BoardState } from "@/data/boards/board-state";
import type { Card, Sprint } from "@/lib/api/types";
import { compareCards } from "@/lib/rank";

/** A part of the backlog page: a sprint that is not closed, or the backlog itself. */
export interface Section {
  /** The sprint's id, or `backlog`. */
  id: string;
  sprint: Sprint | null;
  cards: Card[];
}

/** The id of the section under the sprints. */
export const BACKLOG = "backlog";

/**
 * The tasks of a board by sprint, ranked: by their column, further along first, and by their place in it. What is
 * done in a closed sprint is nobody's concern any more; what is open in one is back in the backlog.
 */
export function sectionsOf(view: BoardState, sprints: readonly Sprint[]): Section[] {
  const open = sprints.filter(({ state }) => state !== "closed");
  const sections: Section[] = open.map((sprint) => ({ id: sprint.id, sprint, cards: [] }));
  const backlog: Section = { id: BACKLOG, sprint: null, cards: [] };
  const byId = new Map(sections.map((section) => [section.id, section]));
  const columns = new Map(view.columns.map(({ id }, place) => [id, place]));
  for (const card of view.cards.values()) {
    const section = byId.get(card.sprint_id ?? "");
    if (section) section.cards.push(card);
    else if (card.status !== "done") backlog.cards.push(card);
  }
  const order = (one: Card, other: Card) =>
    (columns.get(other.column_id) ?? 0) - (columns.get(one.column_id) ?? 0) || compareCards(one, other);
  const all = [...sections, backlog];
  for (const { cards } of all) cards.sort(order);
  return all;
}

/** A line of the page, for drawing only those that are in sight. */
export type Line =
  | { kind: "head"; id: string; section: Section }
  | { kind: "card"; id: string; section: Section; card: Card }
  | { kind: "foot"; id: string; section: Section };

/** The page, line by line. */
export function linesOf(sections: readonly Section[]): Line[] {
  return sections.flatMap((section): Line[] => [
    { kind: "head", id: `head ${section.id}`, section },
    ...section.cards.map((card): Line => ({ kind: "card", id: card.key, section, card })),
    { kind: "foot", id: `foot ${section.id}`, section },
  ]);
}
