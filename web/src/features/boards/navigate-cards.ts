import type { Card, Column } from "@/lib/api/types";
import type { Placement } from "@/data/boards/board-state";

/** A way to go from one card to another. */
export type Direction = "up" | "down" | "left" | "right";

/** The card that lies in a direction; without a card to start from, the first one there is. */
export function cardInDirection(
  columns: readonly Column[],
  groups: ReadonlyMap<string, readonly Card[]>,
  from: string | null,
  direction: Direction,
): Card | null {
  const lanes = columns.map(({ id }) => groups.get(id) ?? []);
  const lane = lanes.findIndex((cards) => cards.some(({ key }) => key === from));
  if (lane < 0) return lanes.find((cards) => cards.length > 0)?.[0] ?? null;
  const cards = lanes[lane] ?? [];
  const place = cards.findIndex(({ key }) => key === from);
  if (direction === "up") return cards[place - 1] ?? null;
  if (direction === "down") return cards[place + 1] ?? null;
  const step = direction === "left" ? -1 : 1;
  for (let next = lane + step; next >= 0 && next < lanes.length; next += step) {
    const other = lanes[next] ?? [];
    if (other.length > 0) return other[Math.min(place, other.length - 1)] ?? null;
  }
  return null;
}

/** Where a card goes when it moves one column over: as high as it stands, so that the eye can follow. */
export function placementBeside(
  columns: readonly Column[],
  groups: ReadonlyMap<string, readonly Card[]>,
  task: string,
  step: -1 | 1,
): Placement | null {
  const lane = columns.findIndex(({ id }) => groups.get(id)?.some(({ key }) => key === task));
  const target = columns[lane + step];
  if (lane < 0 || !target) return null;
  const place = groups.get(columns[lane]?.id ?? "")?.findIndex(({ key }) => key === task) ?? 0;
  return { column: target.id, before: groups.get(target.id)?.[place]?.key ?? null };
}
