/** How a number compares with the one before, in words that are read beside it. */
export function compared(now: number, before: number): string {
  if (now === before) return "same as before";
  const difference = Math.abs(now - before);
  const amount = Number.isInteger(difference) ? String(difference) : difference.toFixed(1);
  return now > before ? `${amount} more than before` : `${amount} fewer than before`;
}

/** Hours with one decimal at the most: `7.5 h`. */
export function hoursWords(hours: number): string {
  return `${Number(hours.toFixed(1))} h`;
}

/** How long work on a task took on average, in hours or days. */
export function cycleWords(hours: number | null | undefined): string {
  if (hours === null || hours === undefined) return "none yet";
  return hours < 48 ? hoursWords(hours) : `${Number((hours / 24).toFixed(1))} days`;
}
