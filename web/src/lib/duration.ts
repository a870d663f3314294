/** The most minutes that a day holds. */
export const MINUTES_A_DAY = 24 * 60;

/** Minutes in words: `1 h 30 min`. */
export function durationWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Minutes as a clock shows them, for tables: `1:30`. */
export function clock(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** What a running timer shows: `0:12:40`. */
export function runningClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${clock(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}

const number = (text: string) => Number(text.replace(",", "."));

/** The minutes that somebody typed: `90`, `1.5h`, `1h 30m`, `1:30`; null where it is no amount of time. */
export function typedMinutes(text: string): number | null {
  const typed = text.trim().toLowerCase();
  const colon = /^(\d{1,2}):([0-5]\d)$/.exec(typed);
  if (colon) return Number(colon[1]) * 60 + Number(colon[2]);
  const bare = /^\d+$/.exec(typed);
  if (bare) return Number(typed);
  const parts = /^(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?)?)?\s*(?:(\d+(?:[.,]\d+)?)\s*m(?:in(?:utes?)?)?)?$/.exec(
    typed,
  );
  if (!parts || (parts[1] === undefined && parts[2] === undefined)) return null;
  return Math.round(number(parts[1] ?? "0") * 60 + number(parts[2] ?? "0"));
}

/** Why an amount cannot be logged, in a sentence; null where it can. */
export function amountProblem(minutes: number | null): string | null {
  if (minutes === null) return "Type an amount such as 45, 1h 30m or 1:30.";
  if (minutes < 1) return "Log at least a minute.";
  return minutes > MINUTES_A_DAY ? "A day has 24 hours." : null;
}
