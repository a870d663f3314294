import { useCallback, useState } from "react";

const PREFIX = "millrace.draft.";

// Where the browser keeps nothing, a draft lives as long as its box.
function read(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a draft in the browser; an empty one is forgotten. */
export function keepDraft(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(PREFIX + key, text);
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // As above.
  }
}

/** A text that is kept in the browser while it is typed. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(key));
  const keep = useCallback(
    (next: string) => {
      setText(next);
      keepDraft(key, next);
    },
    [key],
  );
  return [text, keep];
}
