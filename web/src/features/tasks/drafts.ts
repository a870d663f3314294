import type { Seen } from "./api/task-writes";

/** A text that is not saved yet, and what was seen when the writing began. */
export interface Draft {
  text: string;
  seen: Seen;
}

const name = (task: string) => `millrace.draft.${task}`;

/** The description that was being written when the page closed. */
export function keptDraft(task: string): Draft | null {
  try {
    const kept = localStorage.getItem(name(task));
    return kept === null ? null : (JSON.parse(kept) as Draft);
  } catch {
    // A browser that keeps nothing has nothing to give back.
    return null;
  }
}

/** Keeps a description while it is written; null forgets it. */
export function keepDraft(task: string, draft: Draft | null): void {
  try {
    if (draft) localStorage.setItem(name(task), JSON.stringify(draft));
    else localStorage.removeItem(name(task));
  } catch {
    // The text stays on the page.
  }
}
