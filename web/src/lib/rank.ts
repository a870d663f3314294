const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Compares ranks as the server does, byte by byte; `localeCompare` would put `a` before `B`. */
export function compareRanks(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * A rank between two others, for drawing a move before the server has answered with the real one.
 * Null stands for the column's end.
 */
export function rankBetween(before: string | null, after: string | null): string {
  const low = before ?? "";
  const high = after !== null && after > low ? after : null;
  let rank = "";
  let bounded = high !== null;
  for (let place = 0; ; place += 1) {
    const floor = place < low.length ? Math.max(0, DIGITS.indexOf(low.charAt(place))) : 0;
    const ceiling =
      bounded && high !== null
        ? place < high.length
          ? Math.max(0, DIGITS.indexOf(high.charAt(place)))
          : 0
        : DIGITS.length;
    const middle = Math.floor((floor + ceiling) / 2);
    if (middle > floor) return rank + DIGITS.charAt(middle);
    // No digit fits between these two: keep the lower one and look for room at the next place.
    rank += DIGITS.charAt(floor);
    if (ceiling > floor) bounded = false;
    // Two ranks that differ by trailing zeros alone leave no room at all; the number breaks the tie.
    if (place > low.length + (high?.length ?? 0) + 2) return rank;
  }
}

/** The number in a task's key, by which equal ranks are ordered. */
export function taskNumber(key: string): number {
  return Number(key.slice(key.lastIndexOf("-") + 1));
}

/** The order of cards in a column. */
export function compareCards(
  left: { position: string; key: string },
  right: { position: string; key: string },
): number {
  return compareRanks(left.position, right.position) || taskNumber(left.key) - taskNumber(right.key);
}
