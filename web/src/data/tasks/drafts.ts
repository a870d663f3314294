import type { Seen } from "./task-writes";

/** A text that is not saved yet, and what was seen when the writing began. */
export interface Draft {
  text: string;
  seen: Seen;
}

/** The fields whose texts are kept. */
export type DraftedField = "title" | "description";

const name = (task: string, field: DraftedField) => `millrace.draft.${task}.${field}`;

/** The text that was being written when the page closed. */
export function keptDraft(task: string, field: DraftedField): Draft | null {
  try {
    const kept = localStorage.getItem(name(task, field));
    return kept === null ? null : (JSON.parse(kept) as Draft);
  } catch {
    // A browser that keeps nothing has nothing to give back.
    return null;
  }
}

/** Keeps a text while it is written; null forgets it, and nothing is kept of a box that was only opened. */
export function keepDraft(task: string, field: DraftedField, draft: Draft | null): void {
  try {
    if (draft && draft.text !== draft.seen.values[field])
      localStorage.setItem(name(task, field), JSON.stringify(draft));
    else localStorage.removeItem(name(task, field));
  } catch {
    // The text stays on the page.
  }
}
