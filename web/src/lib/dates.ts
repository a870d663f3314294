const DAY_MS = 86_400_000;

const monthDay = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const monthDayYear = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", year: "numeric" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** A calendar day (`YYYY-MM-DD`) as a moment of the person's own day. */
function dayStart(date: string): Date {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** The calendar day of a moment, in the person's own time zone. */
export function calendarDay(moment: Date): string {
  const month = String(moment.getMonth() + 1).padStart(2, "0");
  return `${moment.getFullYear()}-${month}-${String(moment.getDate()).padStart(2, "0")}`;
}

/** The calendar day some days from now. */
export function daysFromNow(days: number, now = new Date()): string {
  return calendarDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));
}

/** How many days lie between today and a calendar day; negative when it is past. */
export function daysUntil(date: string, now = new Date()): number {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  return Math.round((dayStart(date).getTime() - today.getTime()) / DAY_MS);
}

/** A calendar day in short, with the year only where it is another one. */
export function shortDay(date: string, now = new Date()): string {
  const day = dayStart(date);
  return (day.getFullYear() === now.getFullYear() ? monthDay : monthDayYear).format(day);
}

/** A moment in full, for titles. */
export function fullMoment(moment: string): string {
  return full.format(new Date(moment));
}

/** How long ago a moment was, or how far ahead it is, in words. */
export function fromNow(moment: string, now = Date.now()): string {
  const seconds = Math.round((new Date(moment).getTime() - now) / 1000);
  const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ];
  if (Math.abs(seconds) > 30 * 86_400) return monthDayYear.format(new Date(moment));
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

/** Whole days that have gone by since a moment. */
export function daysSince(moment: string, now = Date.now()): number {
  return Math.max(0, Math.floor((now - new Date(moment).getTime()) / DAY_MS));
}
