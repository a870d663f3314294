import { useSyncExternalStore } from "react";
import type { CursorFrame } from "@/lib/api/types";

/** Where somebody else points, from 0 to 1 along the board's columns. */
export type Pointer = Pick<CursorFrame, "person" | "x" | "y" | "task">;

/** A pointer that rests for this long is out of the way. */
const RESTS_MS = 4_000;

let pointers: ReadonlyMap<string, Pointer> = new Map();
const rests = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function set(next: ReadonlyMap<string, Pointer>) {
  pointers = next;
  for (const listener of listeners) listener();
}

function forget(person: string) {
  clearTimeout(rests.get(person));
  rests.delete(person);
  const next = new Map(pointers);
  if (next.delete(person)) set(next);
}

/** Takes in where somebody points. */
export function takePointer(pointer: Pointer): void {
  const { id } = pointer.person;
  clearTimeout(rests.get(id));
  rests.set(
    id,
    setTimeout(() => forget(id), RESTS_MS),
  );
  set(new Map(pointers).set(id, pointer));
}

/** Forgets the pointers of those who are not there; all of them where nobody is. */
export function keepPointersOf(people: ReadonlySet<string>): void {
  for (const id of [...pointers.keys()]) if (!people.has(id)) forget(id);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Where the others point, by person. */
export function usePointers(): ReadonlyMap<string, Pointer> {
  return useSyncExternalStore(subscribe, () => pointers);
}

/** Who points at a card, if anybody does. */
export function usePointedAtBy(task: string): string | null {
  return useSyncExternalStore(
    subscribe,
    () => [...pointers.values()].find((pointer) => pointer.task === task)?.person.id ?? null,
  );
}
