import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { boxClass } from "@/components/ui/field";
import { useBoardView } from "@/data/boards/board-context";
import { editorBorder } from "@/features/live";
import { useEditing, useFocusWithin } from "@/data/live/use-editing";
import { fieldsQuery } from "@/data/projects/fields";
import type { CustomField, Task } from "@/lib/api/types";
import type { ChangeTask } from "./task-title";

const inputClass = `${boxClass} h-8 touch:h-11 max-sm:text-[16px]`;

/** A value as its input shows it. */
const shown = (value: unknown) =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

/** What was typed into a field as the value that is sent; null where it is emptied. */
function typed(field: CustomField, text: string): string | number | null {
  const trimmed = text.trim();
  if (!trimmed) return null;
  // What is no number goes as it is: the server says what it takes.
  return field.kind === "number" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** The values of the project's own fields. */
export function CustomFields({
  task,
  editable,
  onChange,
}: {
  task: Task;
  editable: boolean;
  onChange: ChangeTask;
}) {
  const fields = useQuery(fieldsQuery(task.project));
  if (!fields.data?.fields.length) return null;
  return (
    <section aria-label="Custom fields" className="mt-3 grid grid-cols-2 gap-x-6 gap-y-1 max-sm:grid-cols-1">
      {fields.data.fields.map((field) => (
        <CustomRow key={field.id} field={field} task={task} editable={editable} onChange={onChange} />
      ))}
    </section>
  );
}

function CustomRow({
  field,
  task,
  editable,
  onChange,
}: {
  field: CustomField;
  task: Task;
  editable: boolean;
  onChange: ChangeTask;
}) {
  const { people } = useBoardView();
  const [draft, setDraft] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const { focused, ...focus } = useFocusWithin();
  const editor = useEditing(task.key, `custom.${field.id}`, editable && (focused || saving));
  const free = editable && !editor;
  const value = task.custom[field.id] ?? null;
  const save = (text: string) => {
    const next = typed(field, text);
    if (next === value) {
      setDraft(null);
      return;
    }
    const seen = { version: task.version, values: { custom: { [field.id]: value } } };
    // A refused value stays where it was typed.
    setSaving(true);
    void onChange({ custom: { [field.id]: next } }, seen).then((saved) => {
      setSaving(false);
      if (saved) setDraft(null);
    });
  };
  const choices =
    field.kind === "person"
      ? people.map(({ id, name }) => ({ id, name }))
      : (field.options ?? []).map((option) => ({ id: option, name: option }));
  const chosen = field.kind === "person" || field.kind === "select";
  const link = field.kind === "url" && !editable && shown(value);
  return (
    <label
      className="flex min-h-8 items-center gap-2"
      title={editor ? `${editor.person.name} is editing. You can write here when they are done.` : undefined}
      {...focus}
    >
      <span className="text-quiet w-24 shrink-0 truncate" title={field.name}>
        {field.name}
      </span>
      {link ? (
        <a
          href={link}
          rel="noreferrer noopener"
          target="_blank"
          className="text-accent-ink truncate underline"
        >
          {link}
        </a>
      ) : chosen ? (
        <select
          disabled={!free}
          style={editorBorder(editor)}
          value={shown(value)}
          onChange={(event) => save(event.target.value)}
          className={inputClass}
        >
          <option value="">None</option>
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input
          type={field.kind === "date" ? "date" : field.kind === "url" ? "url" : "text"}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          readOnly={!free}
          style={editorBorder(editor)}
          placeholder={editable ? "Set" : "None"}
          value={draft ?? shown(value)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => draft !== null && save(draft)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") {
              event.stopPropagation();
              setDraft(null);
            }
          }}
          className={inputClass}
        />
      )}
      {editor && <Avatar person={editor.person} size={16} />}
    </label>
  );
}
