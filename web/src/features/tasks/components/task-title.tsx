import { useState } from "react";
import type { Task, TaskChange } from "@/lib/api/types";
import { seenOf, type Seen } from "../api/task-writes";

/** How a part of the panel asks for a change. */
export type ChangeTask = (fields: TaskChange, seen?: Seen) => Promise<boolean>;

/** A task's title, to be edited in place. */
export function TaskTitle({
  task,
  editable,
  onChange,
}: {
  task: Task;
  editable: boolean;
  onChange: ChangeTask;
}) {
  // What was seen when the typing began: a later version by someone else must not be overwritten unseen.
  const [draft, setDraft] = useState<{ text: string; seen: Seen } | null>(null);

  const save = () => {
    if (!draft) return;
    const title = draft.text.trim();
    if (!title || title === draft.seen.values.title) {
      setDraft(null);
      return;
    }
    const kept = draft;
    setDraft(null);
    void onChange({ title }, draft.seen).then((saved) => {
      if (!saved) setDraft((now) => now ?? kept);
    });
  };

  return (
    <textarea
      aria-label="Title"
      rows={1}
      readOnly={!editable}
      maxLength={500}
      value={draft?.text ?? task.title}
      onChange={(event) =>
        setDraft({ text: event.target.value, seen: draft?.seen ?? seenOf(task, { title: task.title }) })
      }
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) {
          event.preventDefault();
          event.currentTarget.blur();
        }
        if (event.key === "Escape") {
          event.stopPropagation();
          setDraft(null);
          event.currentTarget.blur();
        }
      }}
      className="hover:not-read-only:bg-hover focus:bg-surface -mx-2 field-sizing-content w-[calc(100%+16px)] resize-none rounded-small px-2 py-1 text-[19px] leading-7 font-semibold tracking-tight"
    />
  );
}
