import { useSyncExternalStore } from "react";

/** A message that shows for some seconds. */
export interface Toast {
  id: number;
  text: string;
  tone: "quiet" | "problem";
  /** Offered for ten seconds, as every undo is. */
  action?: { label: string; run: () => void };
  /** Leads to what it tells of; no undo. */
  link?: { label: string; run: () => void };
  /** A person's colour, for what somebody else did. */
  color?: string;
  milliseconds: number;
}

const UNDO_MS = 10_000;
const QUIET_MS = 4_000;
const PROBLEM_MS = 9_000;
/** More at once would cover the board. */
const MOST = 4;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Shows a message, in the place of an older one if asked. Gives its id. */
export function toast(
  text: string,
  options: {
    action?: Toast["action"];
    link?: Toast["link"];
    tone?: Toast["tone"];
    color?: string;
    replaces?: number;
  } = {},
): number {
  lastId += 1;
  const tone = options.tone ?? "quiet";
  const added: Toast = {
    id: lastId,
    text,
    tone,
    milliseconds: options.action || options.link ? UNDO_MS : tone === "problem" ? PROBLEM_MS : QUIET_MS,
    ...(options.action ? { action: options.action } : {}),
    ...(options.link ? { link: options.link } : {}),
    ...(options.color ? { color: options.color } : {}),
  };
  change([...toasts.filter((shown) => shown.id !== options.replaces), added].slice(-MOST));
  return added.id;
}

/** Says why something failed and what to do. */
export function problemToast(text: string, action?: Toast["action"]): number {
  return toast(text, { tone: "problem", ...(action ? { action } : {}) });
}

/** Takes a message away. */
export function dismissToast(id: number): void {
  change(toasts.filter((shown) => shown.id !== id));
}

/** Takes every message away, as at the end of a sign-in. */
export function clearToasts(): void {
  change([]);
}

/** Runs the newest action on offer, which is the undo of the last step; false where there is none. */
export function runLatestAction(): boolean {
  const latest = toasts.findLast((shown) => shown.action);
  if (!latest?.action) return false;
  dismissToast(latest.id);
  latest.action.run();
  return true;
}

/** The messages that show now. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => toasts,
  );
}
