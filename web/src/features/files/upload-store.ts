import { useSyncExternalStore } from "react";

/** A file on its way to a task, or one that did not get there. */
export interface Upload {
  id: string;
  task: string;
  file: File;
  /** How much of it has arrived, from 0 to 1. */
  part: number;
  /** Why it is not there, and what to do; null while it is on its way. */
  problem: string | null;
  giveUp: () => void;
}

const none: readonly Upload[] = [];
const byTask = new Map<string, readonly Upload[]>();
const listeners = new Set<() => void>();

function change(task: string, uploads: readonly Upload[]) {
  byTask.set(task, uploads);
  for (const listener of listeners) listener();
}

/** The uploads to a task. */
export function uploads(task: string): readonly Upload[] {
  return byTask.get(task) ?? none;
}

/** Shows an upload. */
export function addUpload(upload: Upload): void {
  change(upload.task, [...uploads(upload.task), upload]);
}

/** Shows how far an upload is, or what is wrong with it. */
export function changeUpload(task: string, id: string, now: Partial<Upload>): void {
  change(
    task,
    uploads(task).map((upload) => (upload.id === id ? { ...upload, ...now } : upload)),
  );
}

/** Takes an upload away. */
export function removeUpload(task: string, id: string): void {
  change(
    task,
    uploads(task).filter((upload) => upload.id !== id),
  );
}

/** The uploads to a task, for drawing; they go on while its panel is closed. */
export function useUploads(task: string): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    () => uploads(task),
  );
}
