import { eventData, type Actor, type BoardEvent, type Card } from "@/lib/api/types";

/** A card that someone else moved. */
export interface Moved {
  task: string;
  to: string | null;
  actor: { id: string; name: string };
}

/** Someone to tell of: rules and systems have no id, but each kind is one voice. */
export function known(actor: Actor): { id: string; name: string } {
  return { id: actor.id ?? actor.kind, name: actor.name };
}

/** Events of other types by which a task may come into another column of its board. */
const MAY_MOVE: ReadonlySet<BoardEvent["type"]> = new Set(["task.status_changed", "task.updated"]);

/** Whether an event moved a card on its board: a drag, or a change of its column in any other way. */
function movesCard(event: BoardEvent): boolean {
  return (
    event.type === "task.moved" ||
    (MAY_MOVE.has(event.type) && event.changes.some(({ field }) => field === "column_id"))
  );
}

/** What of some events is a move by someone else; a card that came back in between still counts once. */
export function movesByOthers(
  events: readonly BoardEvent[],
  me: string,
  columnOf: (task: string) => Card["column_id"] | undefined,
  columnName: (column: string) => string | undefined,
): Moved[] {
  const moved = new Map<string, Moved>();
  for (const event of events) {
    const card = eventData(event).card;
    if (!movesCard(event) || event.actor.id === me || !card) continue;
    const between = columnOf(card.key) !== card.column_id;
    moved.set(card.key, {
      task: card.key,
      to: between ? (columnName(card.column_id) ?? null) : null,
      actor: known(event.actor),
    });
  }
  return [...moved.values()];
}

/** Says who moved what, in one line for a whole burst. */
export function movedSentence(moves: readonly Moved[]): string {
  const names = [...new Set(moves.map(({ actor }) => actor.name))];
  const people = names.length > 2 ? `${names[0]} and ${names.length - 1} others` : names.join(" and ");
  const only = moves.length === 1 ? moves[0] : undefined;
  if (only) return `Card moved by ${people}: ${only.task}${only.to ? ` to ${only.to}` : ""}`;
  return `${moves.length} cards moved by ${people}`;
}
