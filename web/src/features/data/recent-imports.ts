/** An import that was begun in this browser. */
export interface RecentImport {
  id: string;
  name: string;
  at: string;
}

/** As many as a person looks back at; the server forgets them after a week. */
const MOST = 5;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const stored = (project: string) => `millrace.imports.${project}`;

const isRecent = (value: unknown): value is RecentImport =>
  typeof value === "object" &&
  value !== null &&
  ["id", "name", "at"].every((field) => typeof (value as Record<string, unknown>)[field] === "string");

/** The imports into a project that were begun here within a week, the newest first. */
export function recentImports(project: string): RecentImport[] {
  try {
    const value = JSON.parse(localStorage.getItem(stored(project)) ?? "[]") as unknown;
    if (!Array.isArray(value)) return [];
    return value.filter(isRecent).filter(({ at }) => Date.now() - Date.parse(at) < WEEK_MS);
  } catch {
    // What cannot be read is as good as nothing remembered.
    return [];
  }
}

/** Remembers an import, so that its page is found again. */
export function rememberImport(project: string, id: string, name: string): void {
  const others = recentImports(project).filter((other) => other.id !== id);
  try {
    const kept = [{ id, name, at: new Date().toISOString() }, ...others].slice(0, MOST);
    localStorage.setItem(stored(project), JSON.stringify(kept));
  } catch {
    // Without storage the address of the page still leads to it.
  }
}
