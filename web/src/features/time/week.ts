import { calendarDay } from "@/lib/dates";

const parts = (day: string) => day.split("-").map(Number) as [number, number, number];

/** The calendar day some days after another one. */
export function dayAfter(day: string, days: number): string {
  const [year, month, date] = parts(day);
  return calendarDay(new Date(year, month - 1, date + days));
}

/** The Monday of the week that a day is in. */
export function mondayOf(day: string): string {
  const [year, month, date] = parts(day);
  return dayAfter(day, -((new Date(year, month - 1, date).getDay() + 6) % 7));
}

/** Whether text is a calendar day that exists. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dayAfter(text, 0) === text;
}
