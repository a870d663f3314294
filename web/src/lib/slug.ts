/** A name as it can stand in an address. */
export function slugFrom(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

/** A project's key suggested from its name: initials of several words, else the first letters. */
export function projectKeyFrom(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z0-9 ]+/g, " ")
    .split(/\s+/)
    .filter((word) => /^[A-Z]/.test(word));
  const first = words[0];
  if (!first) return "";
  return words.length > 1
    ? words
        .slice(0, 4)
        .map((word) => word.charAt(0))
        .join("")
    : first.slice(0, 4);
}
