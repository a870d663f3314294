import type { LockedField } from "@/lib/api/types";
import { say } from "./line";

/** A lock lasts for thirty seconds; renewed this often, two lost answers do no harm. */
const RENEW_MS = 10_000;

interface Own {
  task: string;
  field: LockedField;
  onRefused: () => void;
}

const own = new Map<string, Own>();
let renewing: ReturnType<typeof setInterval> | undefined;

const tell = ({ task, field }: Own, editing: boolean) => say({ action: "edit", task, field, editing });

/** Says again what this person writes at: in time before it ends, and to a socket that is new. */
export function sayEditsAgain(): void {
  for (const edit of own.values()) tell(edit, true);
}

/** Keeps a field of a task for this person until what it gives is called. */
export function holdField(task: string, field: LockedField, onRefused: () => void): () => void {
  const name = `${task} ${field}`;
  const mine = { task, field, onRefused };
  own.set(name, mine);
  tell(mine, true);
  renewing ??= setInterval(sayEditsAgain, RENEW_MS);
  return () => {
    if (own.get(name) !== mine) return;
    own.delete(name);
    tell(mine, false);
    if (own.size > 0) return;
    clearInterval(renewing);
    renewing = undefined;
  };
}

/** Lets whoever asked for a field know that somebody else has it; false where nobody asks for it any more. */
export function refuseEdit(task: string, field: LockedField | null): boolean {
  const refused = [...own.values()].filter(
    (edit) => edit.task === task && (field === null || edit.field === field),
  );
  for (const { onRefused } of refused) onRefused();
  return refused.length > 0;
}
