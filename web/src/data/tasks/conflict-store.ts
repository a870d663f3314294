import { useSyncExternalStore } from "react";
import type { Task, TaskChange } from "@/lib/api/types";
import type { Field } from "./merge";

/** Two versions of a task's fields, for a person to choose from. */
export interface Conflict {
  task: string;
  board: string;
  fields: Field[];
  mine: TaskChange;
  theirs: Task;
  /** Takes what was chosen; null leaves the other person's version as it is. */
  settle: (chosen: TaskChange | null) => void;
}

let open: Conflict | null = null;
const listeners = new Set<() => void>();

function set(next: Conflict | null) {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks which version of each field is to stay. */
export function askAboutConflict(conflict: Omit<Conflict, "settle">): Promise<TaskChange | null> {
  open?.settle(null);
  return new Promise((resolve) => {
    set({
      ...conflict,
      settle(chosen) {
        set(null);
        resolve(chosen);
      },
    });
  });
}

/** The question that is open. */
export function useConflict(): Conflict | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => open,
  );
}
