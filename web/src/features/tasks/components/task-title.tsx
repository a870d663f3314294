import { useState } from "react";
import { Button } from "@/components/ui/button";
import { editorBorder, FieldEditor } from "@/features/live";
import { useEditing } from "@/data/live/use-editing";
import type { Task, TaskChange } from "@/lib/api/types";
import { seenOf, type Seen } from "@/data/tasks/task-writes";
import { keepDraft, keptDraft, type Draft } from "@/data/tasks/drafts";

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
  const [shown, setShown] = useState<Draft | null>(() => keptDraft(task.key, "title"));
  // Whether the person may write is known a moment after the task.
  const draft = editable ? shown : null;
  const [focused, setFocused] = useState(false);
  const [saving, setSaving] = useState(false);
  const editor = useEditing(task.key, "title", editable && (focused || saving));
  const setDraft = (next: Draft | null) => {
    setShown(next);
    keepDraft(task.key, "title", next);
  };

  const save = () => {
    if (!draft) return;
    const title = draft.text.trim();
    if (!title || title === draft.seen.values.title) {
      setDraft(null);
      return;
    }
    const kept = draft;
    setShown(null);
    setSaving(true);
    void onChange({ title }, draft.seen).then((saved) => {
      setSaving(false);
      // A refused title is given back, and one that was saved needs no keeping.
      if (saved) keepDraft(task.key, "title", null);
      else setShown((now) => now ?? kept);
    });
  };

  return (
    <div>
      <textarea
        aria-label="Title"
        rows={1}
        readOnly={!editable || editor !== null}
        maxLength={500}
        value={draft?.text ?? task.title}
        onChange={(event) =>
          setDraft({ text: event.target.value, seen: draft?.seen ?? seenOf(task, { title: task.title }) })
        }
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          // What was typed while somebody else has the title waits for them to be done.
          if (!editor) save();
        }}
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
        style={editorBorder(editor)}
        className="hover:not-read-only:bg-hover focus:bg-surface -mx-2 field-sizing-content w-[calc(100%+16px)] resize-none rounded-small px-2 py-1 text-[19px] leading-7 font-semibold tracking-tight"
      />
      <FieldEditor editor={editor} />
      {draft && !focused && !saving && (
        <p className="text-quiet text-meta mt-1 flex items-center gap-2">
          This title is not saved yet.
          <Button size="small" disabled={editor !== null} onClick={save}>
            Save
          </Button>
          <Button size="small" look="quiet" onClick={() => setDraft(null)}>
            Discard
          </Button>
        </p>
      )}
    </div>
  );
}
