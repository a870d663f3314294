import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { boxClass } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import { editorBorder, FieldEditor } from "@/features/live";
import { useEditing, useFocusWithin } from "@/data/live/use-editing";
import { classNames } from "@/lib/class-names";
import type { Task } from "@/lib/api/types";
import { seenOf } from "@/data/tasks/task-writes";
import { keepDraft, keptDraft, type Draft } from "@/data/tasks/drafts";
import type { ChangeTask } from "./task-title";

// Markdown is the heaviest part of the page and not needed to see a board.
const Markdown = lazy(() => import("@/components/ui/markdown"));

const waiting = <Skeleton className="h-4 w-3/4" />;

/** A task's description: Markdown, with a preview while it is written. */
export function TaskDescription({
  task,
  editable,
  onChange,
}: {
  task: Task;
  editable: boolean;
  onChange: ChangeTask;
}) {
  const [shown, setShown] = useState<Draft | null>(() => keptDraft(task.key, "description"));
  // Whether the person may write is known a moment after the task.
  const draft = editable ? shown : null;
  const [preview, setPreview] = useState(false);
  const [saving, setSaving] = useState(false);
  const text = task.description ?? "";
  const setDraft = (next: Draft | null) => {
    setShown(next);
    keepDraft(task.key, "description", next);
  };
  const { focused, ...focus } = useFocusWithin();
  const writing = draft !== null && (focused || saving);
  const editor = useEditing(task.key, "description", writing, () => {
    // What was typed is kept; an untouched box closes.
    if (draft && draft.text === draft.seen.values.description) setDraft(null);
  });

  const edit = () => {
    setPreview(false);
    setDraft({ text, seen: seenOf(task, { description: text }) });
  };
  const save = async () => {
    if (!draft) return;
    if (draft.text === draft.seen.values.description) {
      setDraft(null);
      return;
    }
    setSaving(true);
    const saved = await onChange({ description: draft.text }, draft.seen);
    setSaving(false);
    // A refused text stays where it was typed.
    if (saved) setDraft(null);
  };

  return (
    <section aria-label="Description" className="mt-6" {...focus}>
      <div className="mb-1.5 flex h-7 items-center justify-between">
        <h3 className="font-semibold">Description</h3>
        {editable && !draft && (
          <Button size="small" look="quiet" disabled={editor !== null} onClick={edit}>
            {text ? "Edit" : "Write"}
          </Button>
        )}
        {draft && (
          <div role="tablist" aria-label="Description" className="bg-column flex rounded-small p-0.5">
            {[false, true].map((shows) => (
              <button
                key={String(shows)}
                type="button"
                role="tab"
                aria-selected={preview === shows}
                onClick={() => setPreview(shows)}
                className={classNames(
                  "h-6 rounded-[5px] px-2",
                  preview === shows ? "bg-surface font-medium" : "text-quiet",
                )}
              >
                {shows ? "Preview" : "Write"}
              </button>
            ))}
          </div>
        )}
      </div>
      {draft ? (
        <>
          {preview ? (
            <div className="border-line min-h-40 rounded-small border px-3 py-2">
              <Suspense fallback={waiting}>
                {draft.text.trim() ? (
                  <Markdown text={draft.text} />
                ) : (
                  <p className="text-quiet">Nothing to preview.</p>
                )}
              </Suspense>
            </div>
          ) : (
            <textarea
              autoFocus
              aria-label="Description"
              readOnly={editor !== null}
              style={editorBorder(editor)}
              value={draft.text}
              placeholder="What is this about? Markdown works."
              onChange={(event) => setDraft({ ...draft, text: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !editor) void save();
                if (event.key === "Escape" && draft.text === draft.seen.values.description) {
                  event.stopPropagation();
                  setDraft(null);
                }
              }}
              className={`${boxClass} text-reading field-sizing-content max-h-[60vh] min-h-40 resize-y py-2 max-sm:text-[16px]`}
            />
          )}
          <div className="mt-2 flex items-center gap-2">
            <Button look="primary" busy={saving} disabled={editor !== null} onClick={() => void save()}>
              Save
            </Button>
            <Button look="quiet" onClick={() => setDraft(null)}>
              Cancel
            </Button>
          </div>
        </>
      ) : (
        <div style={editorBorder(editor)} className={editor ? "rounded-small px-2 py-1" : ""}>
          {text ? (
            <Suspense fallback={waiting}>
              <Markdown text={text} />
            </Suspense>
          ) : (
            <p className="text-faint">No description yet.</p>
          )}
        </div>
      )}
      <FieldEditor editor={editor} />
    </section>
  );
}
