import { useSyncExternalStore } from "react";
import type { EditFrame, LockedField } from "@/lib/api/types";

/** Somebody else who edits a task; of a null field, all of it. */
export type Editor = Pick<EditFrame, "task" | "field" | "person">;

/** News of one: `until` is when the lock ends unless it is renewed. */
export type EditNews = Editor & Pick<EditFrame, "editing" | "until">;

/** A lock that nobody renews is over after this; clocks that differ must not keep one for longer. */
const LASTS_MS = 30_000;

const none: readonly Editor[] = [];
let byTask: ReadonlyMap<string, readonly Editor[]> = new Map();
const ends = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

const nameOf = ({ task, field, person }: Editor) => `${task} ${field ?? ""} ${person.id}`;

function put(editor: Editor, there: boolean) {
  const name = nameOf(editor);
  const others = (byTask.get(editor.task) ?? none).filter((other) => nameOf(other) !== name);
  const next = new Map(byTask);
  const editors = there ? [...others, editor] : others;
  if (editors.length) next.set(editor.task, editors);
  else next.delete(editor.task);
  byTask = next;
  for (const listener of listeners) listener();
}

/** Takes in that somebody else writes, or has stopped. */
export function takeEdit({ task, field, person, editing, until }: EditNews, now = Date.now()): void {
  const editor = { task, field, person };
  const name = nameOf(editor);
  clearTimeout(ends.get(name));
  ends.delete(name);
  const known = byTask.get(task)?.some((other) => nameOf(other) === name) ?? false;
  if (editing) {
    const left = until === null ? LASTS_MS : new Date(until).getTime() - now;
    const end = () => takeEdit({ ...editor, editing: false, until: null });
    ends.set(name, setTimeout(end, left > 0 && left < LASTS_MS ? left : LASTS_MS));
  }
  // A renewal draws nothing anew.
  if (known !== editing) put(editor, editing);
}

/** Forgets all of it, as when the board closes or is told anew. */
export function forgetEdits(): void {
  for (const end of ends.values()) clearTimeout(end);
  ends.clear();
  if (byTask.size === 0) return;
  byTask = new Map();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Those who write at a task, but for this person. */
export function useEditors(task: string): readonly Editor[] {
  return useSyncExternalStore(subscribe, () => byTask.get(task) ?? none);
}

/** Whoever keeps a field of a task from being written; the whole task counts. */
export function useEditor(task: string, field: LockedField): Editor | null {
  return useEditors(task).find((editor) => editor.field === null || editor.field === field) ?? null;
}
