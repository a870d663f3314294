const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A size in words, in steps of 1,024: "2.4 MB". */
export function bytesInWords(bytes: number): string {
  let [size, step] = [bytes, 0];
  while (size >= 1024 && step < UNITS.length - 1) {
    size /= 1024;
    step += 1;
  }
  // What rounds up to a whole unit is told in that unit.
  if (step > 0 && step < UNITS.length - 1 && Math.round(size * 10) >= 10_240) [size, step] = [1, step + 1];
  return `${number.format(size)} ${size === 1 && step === 0 ? "byte" : UNITS[step]}`;
}
