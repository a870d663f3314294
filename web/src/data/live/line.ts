import type { Action } from "@/lib/api/types";

type Say = (message: Action) => void;

let line: Say | null = null;

/** Lets the page talk on the open board's socket; null when the board closes. */
export function openLine(next: Say | null): void {
  line = next;
}

/** Says something to the server. Where there is no line it is lost: whoever needs it says it again. */
export function say(message: Action): void {
  line?.(message);
}
