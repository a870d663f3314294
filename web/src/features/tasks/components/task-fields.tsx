import { Popover } from "radix-ui";
import { useState, type ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { floatingClass } from "@/components/ui/menu";
import { problemToast } from "@/components/ui/toast-store";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { LabelTag } from "@/components/ui/label-tag";
import { SprintName, SprintPicker } from "@/features/sprints";
import { classNames } from "@/lib/class-names";
import { daysUntil, shortDay } from "@/lib/dates";
import type { Task } from "@/lib/api/types";
import { moveCard } from "@/data/tasks/task-writes";
import { priorityNames } from "@/lib/task-words";
import { OptionList } from "@/components/ui/option-list";
import { AssigneePicker, DatePicker, LabelPicker, PriorityPicker } from "./pickers";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { StatusIcon } from "@/components/ui/status-icon";
import { TaskFinder } from "./task-finder";
import type { ChangeTask } from "./task-title";

interface FieldRowProps {
  name: string;
  editable: boolean;
  shown: ReactNode;
  /** What to choose from; gets the way to close itself. */
  children: (close: () => void) => ReactNode;
}

/** A field as a name and a value that opens its choices. */
function FieldRow({ name, editable, shown, children }: FieldRowProps) {
  const [open, setOpen] = useState(false);
  const value = shown ?? <span className="text-faint">{editable ? "Set" : "None"}</span>;
  return (
    <div className="flex min-h-8 items-center gap-2">
      <span className="text-quiet w-24 shrink-0">{name}</span>
      {editable ? (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger
            aria-label={`Change ${name.toLowerCase()}`}
            className="hover:bg-hover data-[state=open]:bg-hover -ml-2 flex min-h-8 min-w-0 flex-1 items-center gap-1.5 rounded-small px-2 text-left touch:min-h-11"
          >
            {value}
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              aria-label={name}
              align="start"
              sideOffset={2}
              collisionPadding={8}
              className={`${floatingClass} p-0`}
            >
              {children(() => setOpen(false))}
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      ) : (
        <span className="flex min-w-0 flex-1 items-center gap-1.5">{value}</span>
      )}
    </div>
  );
}

function NumberRow({
  name,
  value,
  unit,
  whole,
  editable,
  onChange,
}: {
  name: string;
  value: number | null;
  unit: string;
  whole: boolean;
  editable: boolean;
  onChange: (value: number | null) => Promise<boolean>;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = () => {
    if (draft === null) return;
    const typed = draft.trim();
    const next = typed === "" ? null : Number(typed.replace(",", "."));
    if (next !== null && (!Number.isFinite(next) || next < 0 || (whole && !Number.isInteger(next)))) {
      problemToast(
        `${name} must be ${whole ? "a whole number" : "a number"}, such as ${whole ? "3" : "2.5"}.`,
      );
      return;
    }
    setDraft(null);
    if (next !== value) void onChange(next);
  };
  return (
    <label className="flex min-h-8 items-center gap-2">
      <span className="text-quiet w-24 shrink-0">{name}</span>
      <span className="-ml-2 flex min-w-0 flex-1 items-center gap-1">
        <input
          inputMode={whole ? "numeric" : "decimal"}
          readOnly={!editable}
          placeholder={editable ? "Set" : "None"}
          value={draft ?? value ?? ""}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") {
              event.stopPropagation();
              setDraft(null);
            }
          }}
          className="hover:not-read-only:bg-hover focus:bg-surface h-8 w-20 rounded-small px-2 tabular-nums touch:h-11 max-sm:text-[16px]"
        />
        {value !== null && draft === null && <span className="text-faint -ml-12">{unit}</span>}
      </span>
    </label>
  );
}

/** Every field of a task that is a short value. */
export function TaskFields({
  task,
  editable,
  onChange,
}: {
  task: Task;
  editable: boolean;
  onChange: ChangeTask;
}) {
  const { board, people, labels } = useOpenBoard();
  const view = useBoardView();
  const column = view.columns.find(({ id }) => id === task.column_id);
  const assignees = task.assignees.flatMap((id) => people.get(id) ?? []);
  const taskLabels = task.labels.flatMap((id) => labels.get(id) ?? []);
  const reporter = task.reporter ? people.get(task.reporter) : undefined;
  const late = task.due_date != null && task.status !== "done" && daysUntil(task.due_date) < 0;

  return (
    <section aria-label="Fields" className="mt-3 grid grid-cols-2 gap-x-6 gap-y-0.5 max-sm:grid-cols-1">
      <FieldRow
        name="Status"
        editable={editable && view.cards.has(task.key)}
        shown={
          <>
            <StatusIcon category={task.status} />
            <span className="truncate">{column?.name ?? "On another board"}</span>
          </>
        }
      >
        {(close) => (
          <OptionList
            label="Status"
            placeholder="Move to"
            empty="No matching columns."
            options={view.columns.map(({ id, name, category }) => ({
              id,
              name,
              icon: <StatusIcon category={category} />,
              chosen: id === task.column_id,
            }))}
            onChoose={(id) => {
              close();
              if (id !== task.column_id) void moveCard(board, task.key, { column: id, before: null });
            }}
          />
        )}
      </FieldRow>
      <FieldRow
        name="Priority"
        editable={editable}
        shown={
          <>
            <PriorityIcon priority={task.priority} />
            {priorityNames[task.priority]}
          </>
        }
      >
        {(close) => (
          <PriorityPicker
            priority={task.priority}
            onChange={(priority) => {
              close();
              if (priority !== task.priority) void onChange({ priority });
            }}
          />
        )}
      </FieldRow>
      <FieldRow
        name="Assignees"
        editable={editable}
        shown={
          assignees.length > 0 ? (
            <span className="flex min-w-0 flex-wrap gap-x-3 gap-y-1 py-1">
              {assignees.map((person) => (
                <span key={person.id} className="flex items-center gap-1.5">
                  <Avatar person={person} />
                  <span className="truncate">{person.name}</span>
                </span>
              ))}
            </span>
          ) : null
        }
      >
        {() => (
          <AssigneePicker
            assignees={task.assignees}
            onChange={(next) => void onChange({ assignees: next })}
          />
        )}
      </FieldRow>
      <FieldRow
        name="Labels"
        editable={editable}
        shown={
          taskLabels.length > 0 ? (
            <span className="flex flex-wrap gap-1 py-1">
              {taskLabels.map((label) => (
                <LabelTag key={label.id} label={label} />
              ))}
            </span>
          ) : null
        }
      >
        {() => <LabelPicker chosen={task.labels} onChange={(next) => void onChange({ labels: next })} />}
      </FieldRow>
      <FieldRow
        name="Due date"
        editable={editable}
        shown={
          task.due_date ? (
            <span className={classNames(late && "text-danger font-medium")}>
              {late && "Overdue "}
              {shortDay(task.due_date)}
            </span>
          ) : null
        }
      >
        {(close) => (
          <DatePicker
            label="Due date"
            date={task.due_date ?? null}
            onChange={(due_date) => {
              close();
              if (due_date !== task.due_date) void onChange({ due_date });
            }}
          />
        )}
      </FieldRow>
      <FieldRow
        name="Start date"
        editable={editable}
        shown={task.start_date ? shortDay(task.start_date) : null}
      >
        {(close) => (
          <DatePicker
            label="Start date"
            date={task.start_date ?? null}
            onChange={(start_date) => {
              close();
              if (start_date !== task.start_date) void onChange({ start_date });
            }}
          />
        )}
      </FieldRow>
      <NumberRow
        name="Points"
        unit=""
        whole
        value={task.story_points ?? null}
        editable={editable}
        onChange={(story_points) => onChange({ story_points })}
      />
      <NumberRow
        name="Estimate"
        unit="h"
        whole={false}
        value={task.estimated_hours ?? null}
        editable={editable}
        onChange={(estimated_hours) => onChange({ estimated_hours })}
      />
      <FieldRow
        name="Sprint"
        editable={editable}
        shown={task.sprint_id ? <SprintName project={task.project} sprint={task.sprint_id} /> : null}
      >
        {(close) => (
          <SprintPicker
            project={task.project}
            sprint={task.sprint_id ?? null}
            onChange={(sprint_id) => {
              close();
              if (sprint_id !== (task.sprint_id ?? null)) void onChange({ sprint_id });
            }}
          />
        )}
      </FieldRow>
      <FieldRow name="Parent" editable={editable} shown={task.parent ?? null}>
        {(close) => {
          const choose = (parent: string | null) => {
            close();
            if (parent !== (task.parent ?? null)) void onChange({ parent });
          };
          return (
            <TaskFinder
              label="Parent"
              placeholder="Parent task"
              project={task.project}
              except={[task.key]}
              none={task.parent == null ? undefined : { name: "No parent", onChoose: () => choose(null) }}
              onChoose={({ key }) => choose(key)}
            />
          );
        }}
      </FieldRow>
      <FieldRow
        name="Reporter"
        editable={editable}
        shown={
          reporter ? (
            <>
              <Avatar person={reporter} />
              <span className="truncate">{reporter.name}</span>
            </>
          ) : null
        }
      >
        {(close) => (
          <OptionList
            label="Reporter"
            placeholder="Reported by"
            empty="No matching people."
            options={view.people.map((person) => ({
              id: person.id,
              name: person.name,
              icon: <Avatar person={person} />,
              chosen: person.id === task.reporter,
            }))}
            onChoose={(id) => {
              close();
              if (id !== task.reporter) void onChange({ reporter: id });
            }}
          />
        )}
      </FieldRow>
    </section>
  );
}
