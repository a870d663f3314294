import { useSyncExternalStore } from "react";

/** Which scheme shows; `system` follows the machine. */
export type Theme = "system" | "light" | "dark";
/** Whether lines and letters stand out more; `system` follows the machine. */
export type Contrast = "system" | "more";
/** The colour of what can be done. */
export type Accent = "water" | "moss" | "clay" | "heather";

/** How a person wants the page to look, on this machine. */
export interface Appearance {
  theme: Theme;
  contrast: Contrast;
  accent: Accent;
  /** Whether the pointers of others show on a board. */
  cursors: boolean;
}

/** The accents that there are, in the order they are offered. */
export const accents: readonly { id: Accent; name: string }[] = [
  { id: "water", name: "Water" },
  { id: "moss", name: "Moss" },
  { id: "clay", name: "Clay" },
  { id: "heather", name: "Heather" },
];

const STORED = "millrace.appearance";
const initial: Appearance = { theme: "system", contrast: "system", accent: "water", cursors: true };
const listeners = new Set<() => void>();

function read(): Appearance {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    return { ...initial, ...(stored as Partial<Appearance>) };
  } catch {
    return initial;
  }
}

let current = read();

/** Puts the choice on the page; where there is none the style sheet follows the system by itself. */
export function applyAppearance(): void {
  const { dataset } = document.documentElement;
  if (current.theme === "system") delete dataset.theme;
  else dataset.theme = current.theme;
  const more = current.contrast === "more" || window.matchMedia("(prefers-contrast: more)").matches;
  if (more) dataset.contrast = "more";
  else delete dataset.contrast;
  dataset.accent = current.accent;
}

/** Changes the choice and keeps it. */
export function setAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORED, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage; the choice then holds for this visit.
  }
  applyAppearance();
  for (const listener of listeners) listener();
}

/** The choice as it stands. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => current,
  );
}
