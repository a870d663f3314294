const UNITS = ["bytes", "KB", "MB", "GB"];

/** A number of bytes as a person reads it. */
export function fileSize(bytes: number): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1024 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 10 ? 0 : 1;
  const shown = new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(amount);
  return `${shown} ${unit === 0 && bytes === 1 ? "byte" : UNITS[unit]}`;
}
