import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { boxClass, SelectField, TextArea } from "@/components/ui/field";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { cardsOf } from "@/data/boards/board-state";
import { editorBorder, FieldEditor } from "@/features/live";
import { useEditing } from "@/data/live/use-editing";
import { daysFromNow, shortDay } from "@/lib/dates";
import type { Card, Priority } from "@/lib/api/types";
import { moveCard } from "@/data/tasks/task-writes";
import { priorities, priorityNames } from "@/lib/task-words";
import { OptionList } from "@/components/ui/option-list";
import { PriorityIcon } from "@/components/ui/priority-icon";

const toggled = (list: readonly string[], id: string) =>
  list.includes(id) ? list.filter((other) => other !== id) : [...list, id];

/** Chooses who works on a task. */
export function AssigneePicker({
  assignees,
  onChange,
}: {
  assignees: readonly string[];
  onChange: (assignees: string[]) => void;
}) {
  const { people } = useBoardView();
  return (
    <OptionList
      label="Assignees"
      placeholder="Assign to"
      empty="No matching people."
      options={people.map((person) => ({
        id: person.id,
        name: person.name,
        ...(person.email ? { words: [person.email] } : {}),
        icon: <Avatar person={person} />,
        chosen: assignees.includes(person.id),
      }))}
      onChoose={(id) => onChange(toggled(assignees, id))}
    />
  );
}

/** Chooses a task's labels. */
export function LabelPicker({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (labels: string[]) => void;
}) {
  const { labels } = useBoardView();
  const { project } = useOpenBoard();
  return (
    <OptionList
      label="Labels"
      placeholder="Label"
      empty={
        labels.length ? (
          "No matching labels."
        ) : (
          <>
            This project has no labels yet.{" "}
            <Link to={paths.projectSettings(project)} className="text-accent-ink underline">
              Create the first label
            </Link>
          </>
        )
      }
      options={labels.map(({ id, name, color }) => ({
        id,
        name,
        icon: <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: color }} />,
        chosen: chosen.includes(id),
      }))}
      onChoose={(id) => onChange(toggled(chosen, id))}
    />
  );
}

/** Picks the priority of a task. */
export function PriorityPicker({
  priority,
  onChange,
}: {
  priority: Priority;
  onChange: (priority: Priority) => void;
}) {
  return (
    <OptionList
      label="Priority"
      placeholder="Priority"
      empty="No matching priorities."
      options={priorities.map((id) => ({
        id,
        name: priorityNames[id],
        icon: <PriorityIcon priority={id} />,
        chosen: id === priority,
      }))}
      onChoose={(id) => onChange(id as Priority)}
    />
  );
}

/** Chooses a day, or none. */
export function DatePicker({
  label,
  date,
  onChange,
}: {
  label: string;
  date: string | null;
  onChange: (date: string | null) => void;
}) {
  const [typed, setTyped] = useState(date ?? "");
  const quick = [
    { name: "Today", day: daysFromNow(0) },
    { name: "Tomorrow", day: daysFromNow(1) },
    { name: "In a week", day: daysFromNow(7) },
    { name: "In two weeks", day: daysFromNow(14) },
  ];
  const send = (event: FormEvent) => {
    event.preventDefault();
    onChange(typed || null);
  };
  return (
    <form onSubmit={send} className="flex w-60 flex-col p-1">
      <div className="flex gap-1.5 p-1">
        <input
          type="date"
          autoFocus
          aria-label={label}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={`${boxClass} h-8 touch:h-11`}
        />
        <Button type="submit" look="primary">
          Set
        </Button>
      </div>
      {quick.map(({ name, day }) => (
        <button
          key={name}
          type="button"
          onClick={() => onChange(day)}
          className="hover:bg-hover flex h-8 items-center justify-between rounded-small px-2 touch:h-11"
        >
          {name}
          <span className="text-faint text-meta tabular-nums">{shortDay(day)}</span>
        </button>
      ))}
      {date !== null && (
        <button
          type="button"
          onClick={() => onChange(null)}
          className="hover:bg-hover flex h-8 items-center rounded-small px-2 touch:h-11"
        >
          No {label.toLowerCase()}
        </button>
      )}
    </form>
  );
}

/** Chooses a column and a place in it: what dragging does, for keys and screen readers. */
export function MovePicker({ card, onDone }: { card: Card; onDone: () => void }) {
  const view = useBoardView();
  const { board } = useOpenBoard();
  const here = cardsOf(view, card.column_id).findIndex(({ key }) => key === card.key);
  const [column, setColumn] = useState(card.column_id);
  const others = cardsOf(view, column, card.key);
  const [place, setPlace] = useState(Math.max(0, here));
  const chosen = Math.min(place, others.length);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void moveCard(board, card.key, { column, before: others[chosen]?.key ?? null });
    onDone();
  };
  return (
    <form onSubmit={send} className="flex w-64 flex-col gap-3 p-3">
      <SelectField
        label="Column"
        autoFocus
        value={column}
        onChange={(event) => {
          setColumn(event.target.value);
          setPlace(event.target.value === card.column_id ? Math.max(0, here) : 0);
        }}
      >
        {view.columns.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
            {id === card.column_id ? " (now)" : ""}
          </option>
        ))}
      </SelectField>
      <SelectField label="Position" value={chosen} onChange={(event) => setPlace(Number(event.target.value))}>
        {Array.from({ length: others.length + 1 }, (_, index) => (
          <option key={index} value={index}>
            {index + 1}
            {index === 0 ? ", top" : index === others.length ? ", bottom" : ""}
          </option>
        ))}
      </SelectField>
      <Button type="submit" look="primary">
        Move
      </Button>
    </form>
  );
}

/** Changes a title without opening the task. */
export function TitlePicker({
  task,
  title,
  onChange,
}: {
  task: string;
  title: string;
  onChange: (title: string) => void;
}) {
  const [typed, setTyped] = useState(title);
  const editor = useEditing(task, "title", true);
  const send = () => {
    const wanted = typed.trim();
    if (wanted && !editor) onChange(wanted);
  };
  return (
    <form
      className="flex w-72 flex-col gap-2 p-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label="Title"
        hideLabel
        autoFocus
        rows={3}
        maxLength={500}
        readOnly={editor !== null}
        style={editorBorder(editor)}
        value={typed}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
      />
      <FieldEditor editor={editor} />
      <Button type="submit" look="primary" disabled={!typed.trim() || editor !== null}>
        Save
      </Button>
    </form>
  );
}
