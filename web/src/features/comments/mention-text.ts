/** Someone who can be mentioned. */
export interface Mentionable {
  id: string;
  name: string;
}

const WRITTEN = /@\[([^[\]\n]*)\]\((usr_[0-9A-Za-z]+)\)/g;

/** The people whose name is nobody else's: they are typed by name alone. */
function uniquelyNamed<Person extends Mentionable>(people: readonly Person[]): Person[] {
  const counts = new Map<string, number>();
  for (const { name } of people) counts.set(name, (counts.get(name) ?? 0) + 1);
  return people.filter(({ name }) => counts.get(name) === 1);
}

const stored = ({ id, name }: Mentionable) => `@[${name.replaceAll(/[[\]\n]/g, " ")}](${id})`;

/** What is typed for a person: the name, or where two share it, the stored form that tells them apart. */
export function typedMention(person: Mentionable, people: readonly Mentionable[]): string {
  return uniquelyNamed(people).some(({ id }) => id === person.id) ? `@${person.name}` : stored(person);
}

/** A stored text as a person types it: `@[Alex](usr_…)` becomes `@Alex`. */
export function toTyped(text: string, people: readonly Mentionable[]): string {
  const named = new Map(uniquelyNamed(people).map((person) => [person.id, person.name]));
  return text.replaceAll(WRITTEN, (whole: string, _name: string, id: string) => {
    const name = named.get(id);
    return name === undefined ? whole : `@${name}`;
  });
}

const isWordPart = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** A typed text as it is stored: `@Alex` becomes `@[Alex](usr_…)` where exactly one person has that name. */
export function toStored(text: string, people: readonly Mentionable[]): string {
  // Longer names first: Anna Lee is not Anna with something after her.
  const named = uniquelyNamed(people).sort((left, right) => right.name.length - left.name.length);
  let found = "";
  let rest = text;
  for (;;) {
    const at = rest.indexOf("@");
    if (at < 0) return found + rest;
    const before = rest[at - 1] ?? found.at(-1);
    const after = rest.slice(at + 1);
    const person = isWordPart(before)
      ? undefined
      : named.find(({ name }) => after.startsWith(name) && !isWordPart(after[name.length]));
    found += rest.slice(0, at) + (person ? stored(person) : "@");
    rest = person ? after.slice(person.name.length) : after;
  }
}

/** The name that is being typed after an `@`, and where that stands; null where none is. */
export function mentionAt(text: string, caret: number): { start: number; typed: string } | null {
  const match = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}_.'-]*(?: [\p{L}\p{N}_.'-]*)?)$/u.exec(
    text.slice(0, caret),
  );
  if (!match) return null;
  const typed = match[1] ?? "";
  return { start: caret - typed.length - 1, typed };
}

/** The people whose name, or a part of it, begins with what was typed. */
export function whoMatches<Person extends Mentionable>(people: readonly Person[], typed: string): Person[] {
  const wanted = typed.toLocaleLowerCase();
  return people.filter(({ name }) => {
    const lower = name.toLocaleLowerCase();
    return lower.startsWith(wanted) || lower.split(/\s+/).some((part) => part.startsWith(wanted));
  });
}
