import {
  eventData,
  type Board,
  type BoardEvent,
  type Card,
  type Column,
  type CustomField,
  type Label,
  type Person,
  type Snapshot,
  type Sprint,
} from "@/lib/api/types";
import { compareCards, compareRanks, rankBetween, taskNumber } from "@/lib/rank";

/** A board as the server last told it, with what is known of cards that have gone. */
export interface BoardState {
  board: Board;
  columns: readonly Column[];
  cards: ReadonlyMap<string, Card>;
  people: readonly Person[];
  labels: readonly Label[];
  /** The project's own fields that cards show. */
  fields: readonly CustomField[];
  /** The running sprint; of several the one that ends first. */
  sprint: Sprint | null;
  cursor: string;
  /** The version at which a card left, so that late news of it does not bring it back. */
  gone: ReadonlyMap<string, number>;
}

/** Where a card is to go, in the client's terms. */
export interface Placement {
  column: string;
  /** The card that it goes above; null for the bottom. */
  before: string | null;
}

/** A write that shows already and that the server has not answered yet. */
export type Pending =
  | { id: number; kind: "move"; task: string; placement: Placement }
  | { id: number; kind: "change"; task: string; change: Partial<Card> }
  | { id: number; kind: "remove"; task: string }
  | { id: number; kind: "add"; card: Card; after: number }
  | { id: number; kind: "column"; column: string; change: Partial<Column> };

/** The highest number that a task of the board has: one that is made from here on has a higher one. */
export function lastNumber(state: BoardState): number {
  return Math.max(0, ...[...state.cards.keys()].map(taskNumber));
}

/** Reads a snapshot. */
export function fromSnapshot(snapshot: Snapshot): BoardState {
  return {
    board: snapshot.board,
    columns: sortColumns(snapshot.columns),
    cards: new Map(snapshot.tasks.map((card) => [card.key, card])),
    people: snapshot.people,
    labels: snapshot.labels,
    fields: snapshot.fields,
    sprint: snapshot.sprint ?? null,
    cursor: snapshot.cursor,
    gone: new Map(),
  };
}

/**
 * Takes a snapshot that was under way while events came in: what is known to be newer stays, since the events
 * that told of it will not come again.
 */
export function fromLateSnapshot(snapshot: Snapshot, known: BoardState | undefined): BoardState {
  const read = fromSnapshot(snapshot);
  if (!known || known.cursor <= read.cursor) return read;
  const cards = new Map(known.cards);
  for (const card of read.cards.values()) {
    const version = cards.get(card.key)?.version ?? known.gone.get(card.key) ?? -1;
    if (version < card.version) cards.set(card.key, card);
  }
  return { ...read, cards, gone: known.gone, cursor: known.cursor };
}

function sortColumns(columns: readonly Column[]): Column[] {
  return [...columns].sort((left, right) => compareRanks(left.position, right.position));
}

/** Takes a card as it is now; an older version than the one known is dropped. */
export function putCard(state: BoardState, card: Card): BoardState {
  const known = state.cards.get(card.key);
  if (known && known.version >= card.version) return state;
  const left = state.gone.get(card.key);
  if (left !== undefined && left >= card.version) return state;
  return { ...state, cards: new Map(state.cards).set(card.key, card) };
}

/** Takes a card off the board. */
export function removeCard(state: BoardState, key: string, version: number): BoardState {
  const known = state.cards.get(key);
  if (known && known.version > version) return state;
  const cards = new Map(state.cards);
  cards.delete(key);
  return { ...state, cards, gone: new Map(state.gone).set(key, version) };
}

/** Takes a column as it is now. */
export function putColumn(state: BoardState, column: Column): BoardState {
  const known = state.columns.find(({ id }) => id === column.id);
  if (known && known.version > column.version) return state;
  const others = state.columns.filter(({ id }) => id !== column.id);
  return { ...state, columns: sortColumns([...others, column]) };
}

/** Takes a column off the board. */
export function removeColumn(state: BoardState, id: string): BoardState {
  return { ...state, columns: state.columns.filter((column) => column.id !== id) };
}

/** Takes news of a sprint: the board shows a running one. */
export function putSprint(state: BoardState, sprint: Sprint): BoardState {
  const shown = state.sprint;
  if (shown?.id === sprint.id) {
    return shown.version > sprint.version
      ? state
      : { ...state, sprint: sprint.state === "running" ? sprint : null };
  }
  const first = !shown || sprint.end_date < shown.end_date;
  return sprint.state === "running" && first ? { ...state, sprint } : state;
}

/** A board after an event, and whether the event was one that only a new snapshot can show. */
export interface Applied {
  state: BoardState;
  unknown: boolean;
}

const LEAVES: ReadonlySet<string> = new Set(["task.archived", "task.deleted"]);

/** Events that count on a card, without a new version of it. */
const COUNTED: Readonly<Record<string, { field: "comment_count" | "attachment_count"; by: 1 | -1 }>> = {
  "comment.added": { field: "comment_count", by: 1 },
  "comment.removed": { field: "comment_count", by: -1 },
  "attachment.added": { field: "attachment_count", by: 1 },
  "attachment.removed": { field: "attachment_count", by: -1 },
};

/** Counts what came to a card, or went from it. */
function count(state: BoardState, event: BoardEvent): BoardState {
  const counted = COUNTED[event.type];
  const card = event.task && state.cards.get(event.task);
  if (!counted || !card) return state;
  const now = Math.max(0, card[counted.field] + counted.by);
  return { ...state, cards: new Map(state.cards).set(card.key, { ...card, [counted.field]: now }) };
}

/** Events that leave nothing to draw on a board beyond the card that comes with them. */
const QUIET = /^(comment|reaction|attachment|share|commit|build|sla|time)\./;

/** Applies one event. */
export function applyEvent(before: BoardState, event: BoardEvent): Applied {
  const state = { ...before, cursor: event.id };
  const { card, column, board, sprint } = eventData(event);
  const keep = (next: BoardState): Applied => ({ state: next, unknown: false });

  if (event.type.startsWith("task.") && card) {
    if (LEAVES.has(event.type) || card.archived || card.board_id !== state.board.id)
      return keep(removeCard(state, card.key, card.version));
    return keep(putCard(state, card));
  }
  if (event.type === "column.removed") {
    // Its cards went elsewhere, each without an event of its own unless the server says so.
    const orphans = [...state.cards.values()].some((item) => item.column_id === column?.id);
    if (column) return { state: removeColumn(state, column.id), unknown: orphans };
  }
  if (event.type.startsWith("column.") && column) return keep(putColumn(state, column));
  if (event.type === "board.updated" && board) return keep({ ...state, board });
  if (event.type.startsWith("sprint.") && sprint) return keep(putSprint(state, sprint));
  if (QUIET.test(event.type)) return keep(count(card ? putCard(state, card) : state, event));
  return { state, unknown: true };
}

/** The cards of a column, from top to bottom. */
export function cardsOf(state: BoardState, column: string, except?: string): Card[] {
  const cards: Card[] = [];
  for (const card of state.cards.values()) {
    if (card.column_id === column && card.key !== except) cards.push(card);
  }
  return cards.sort(compareCards);
}

/** The card's rank at a place in a column. */
function rankAt(state: BoardState, task: string, { column, before }: Placement): string {
  const others = cardsOf(state, column, task);
  const found = before === null ? -1 : others.findIndex((card) => card.key === before);
  const index = found < 0 ? others.length : found;
  return rankBetween(others[index - 1]?.position ?? null, others[index]?.position ?? null);
}

/** Where a card is, so that a move can be undone. */
export function placementOf(state: BoardState, task: string): Placement | null {
  const card = state.cards.get(task);
  if (!card) return null;
  const column = cardsOf(state, card.column_id);
  const index = column.findIndex(({ key }) => key === task);
  return { column: card.column_id, before: column[index + 1]?.key ?? null };
}

/** The board with what is under way drawn in already. */
export function withPending(state: BoardState, pending: readonly Pending[]): BoardState {
  return pending.reduce(drawPending, state);
}

function drawPending(state: BoardState, write: Pending): BoardState {
  if (write.kind === "column") {
    const columns = state.columns.map((column) =>
      column.id === write.column ? { ...column, ...write.change } : column,
    );
    return { ...state, columns: sortColumns(columns) };
  }
  const cards = new Map(state.cards);
  if (write.kind === "add") {
    // The real card may have come by the socket before the answer did: then it stands there already.
    const { title, column_id } = write.card;
    const arrived = [...cards.values()].some(
      (card) => card.title === title && card.column_id === column_id && taskNumber(card.key) > write.after,
    );
    if (!arrived) cards.set(write.card.key, write.card);
    return { ...state, cards };
  }
  const card = cards.get(write.task);
  if (!card) return state;
  if (write.kind === "remove") cards.delete(write.task);
  else if (write.kind === "change") {
    // Of the project's own fields, only those that were sent change.
    const custom = { ...card.custom, ...write.change.custom };
    cards.set(write.task, { ...card, ...write.change, custom });
  } else {
    const column = state.columns.find(({ id }) => id === write.placement.column);
    cards.set(write.task, {
      ...card,
      column_id: write.placement.column,
      status: column?.category ?? card.status,
      position: rankAt(state, write.task, write.placement),
      column_since: card.column_id === write.placement.column ? card.column_since : new Date().toISOString(),
    });
  }
  return { ...state, cards };
}

/**
 * The board with what is blocked as its cards tell it: a blocker's move writes nothing to those that it blocks.
 * Of a blocker on another board only the server knows.
 */
export function withBlocked(state: BoardState): BoardState {
  const changed: Card[] = [];
  for (const card of state.cards.values()) {
    const known = card.blocked_by.map((key) => state.cards.get(key));
    const open = known.some((blocker) => blocker !== undefined && blocker.status !== "done");
    const blocked = open || (card.blocked && known.some((blocker) => blocker === undefined));
    if (blocked !== card.blocked) changed.push({ ...card, blocked });
  }
  if (changed.length === 0) return state;
  return { ...state, cards: new Map([...state.cards, ...changed.map((card) => [card.key, card] as const)]) };
}

/** The cards by column, each from top to bottom. */
export function groupByColumn(state: BoardState): Map<string, Card[]> {
  const groups = new Map<string, Card[]>(state.columns.map(({ id }) => [id, []]));
  for (const card of state.cards.values()) groups.get(card.column_id)?.push(card);
  for (const cards of groups.values()) cards.sort(compareCards);
  return groups;
}

/** What the filter bar asks for. */
export interface BoardFilter {
  text: string;
  assignees: readonly string[];
  labels: readonly string[];
  priorities: readonly string[];
  sprints: readonly string[];
}

/** The filter value for unassigned cards. */
export const UNASSIGNED = "none";

/** In the filter, whatever is in no sprint. */
export const NO_SPRINT = "none";

/** Whether anything is filtered at all. */
export function isFiltering(filter: BoardFilter): boolean {
  return Boolean(
    filter.text ||
    filter.assignees.length ||
    filter.labels.length ||
    filter.priorities.length ||
    filter.sprints.length,
  );
}

/** Whether a card passes the filter. */
export function passes(card: Card, filter: BoardFilter): boolean {
  const text = filter.text.trim().toLowerCase();
  if (text && !card.title.toLowerCase().includes(text) && !card.key.toLowerCase().includes(text))
    return false;
  if (filter.assignees.length) {
    const unassigned = filter.assignees.includes(UNASSIGNED) && card.assignees.length === 0;
    if (!unassigned && !card.assignees.some((id) => filter.assignees.includes(id))) return false;
  }
  if (filter.sprints.length && !filter.sprints.includes(card.sprint_id ?? NO_SPRINT)) return false;
  if (filter.labels.length && !card.labels.some((id) => filter.labels.includes(id))) return false;
  return filter.priorities.length === 0 || filter.priorities.includes(card.priority);
}
