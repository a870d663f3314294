import {
  Archive,
  ArrowRightLeft,
  Calendar,
  Flag,
  SignalHigh,
  Tag,
  UserRound,
  X,
  type LucideIcon,
} from "lucide-react";
import { Popover } from "radix-ui";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { floatingClass } from "@/components/ui/menu";
import type { BoardState } from "@/data/boards/board-state";
import { SprintPicker } from "@/features/sprints";
import type { BulkSet, Card } from "@/lib/api/types";
import { changeMany } from "../api/bulk-writes";
import { tasksInWords } from "../bulk";
import { useBulk } from "../bulk-store";
import { priorities, priorityNames } from "@/lib/task-words";
import { BulkRefused } from "./bulk-refused";
import { OptionList } from "@/components/ui/option-list";
import { DatePicker } from "./pickers";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { StatusIcon } from "@/components/ui/status-icon";

/** What can be done with all chosen tasks at once. */
export type BulkKind = "move" | "assign" | "label" | "priority" | "sprint" | "due";

const kinds: readonly { kind: BulkKind; name: string; Icon: LucideIcon }[] = [
  { kind: "move", name: "Move", Icon: ArrowRightLeft },
  { kind: "assign", name: "Assign", Icon: UserRound },
  { kind: "label", name: "Label", Icon: Tag },
  { kind: "priority", name: "Priority", Icon: SignalHigh },
  { kind: "sprint", name: "Sprint", Icon: Flag },
  { kind: "due", name: "Due date", Icon: Calendar },
];

interface BulkBarProps {
  view: BoardState;
  project: string;
  /** The chosen tasks; without any there is no bar. */
  cards: readonly Card[];
  /** What is open over the bar. */
  open: BulkKind | null;
  onOpen: (kind: BulkKind | null) => void;
  onClear: () => void;
  /** What else is told of the chosen tasks. */
  about?: string;
}

/** The bar under a board or a list: how many tasks are chosen, and what can be done with all of them. */
export function BulkBar({ view, project, cards, open, onOpen, onClear, about }: BulkBarProps) {
  const { running } = useBulk();
  const change = (set: BulkSet, told: (tasks: string) => string) => {
    onOpen(null);
    void changeMany(view.board.id, project, cards, set, told);
  };
  return (
    <>
      {cards.length > 0 && (
        <div
          role="toolbar"
          aria-label="Selected tasks"
          className="bg-raised border-line shadow-raised absolute bottom-16 left-1/2 z-10 flex max-w-[calc(100%-24px)] -translate-x-1/2 animate-[pop_var(--motion)_var(--ease)] items-center gap-1 overflow-x-auto rounded-card border py-1.5 pr-1.5 pl-3.5"
        >
          <span role="status" className="pr-1.5 whitespace-nowrap tabular-nums">
            {running && running.total > 1
              ? `Changing ${tasksInWords(running.total)}${running.done ? `, ${running.done} done` : ""}`
              : `${cards.length} selected${about ? `, ${about}` : ""}`}
          </span>
          <IconButton label="Clear selection" onClick={onClear}>
            <X size={15} aria-hidden />
          </IconButton>
          {kinds.map(({ kind, name, Icon }) => (
            <Popover.Root
              key={kind}
              open={open === kind}
              onOpenChange={(opens) => onOpen(opens ? kind : null)}
            >
              <Popover.Trigger asChild>
                <Button size="small" look="quiet" disabled={running !== null} aria-label={name} title={name}>
                  <Icon size={14} aria-hidden />
                  <span className="max-md:hidden">{name}</span>
                </Button>
              </Popover.Trigger>
              <Popover.Portal>
                <Popover.Content
                  role="dialog"
                  aria-label={`${name}, ${tasksInWords(cards.length)}`}
                  side="top"
                  sideOffset={8}
                  collisionPadding={8}
                  className={`${floatingClass} p-0`}
                >
                  <Choices kind={kind} view={view} project={project} cards={cards} change={change} />
                </Popover.Content>
              </Popover.Portal>
            </Popover.Root>
          ))}
          <Button
            size="small"
            look="quiet"
            disabled={running !== null}
            aria-label="Archive"
            title="Archive"
            onClick={() => change({ archived: true }, (tasks) => `Archived ${tasks}`)}
          >
            <Archive size={14} aria-hidden />
            <span className="max-md:hidden">Archive</span>
          </Button>
        </div>
      )}
      <BulkRefused />
    </>
  );
}

interface ChoicesProps {
  kind: BulkKind;
  view: BoardState;
  project: string;
  cards: readonly Card[];
  change: (set: BulkSet, told: (tasks: string) => string) => void;
}

const NOBODY = "none";

/** The value that all cards share; undefined where they differ. */
function shared<Value>(cards: readonly Card[], of: (card: Card) => Value): Value | undefined {
  const [first, ...others] = cards.map(of);
  return others.every((value) => value === first) ? first : undefined;
}

function Choices({ kind, view, project, cards, change }: ChoicesProps) {
  const onAll = (field: "assignees" | "labels", id: string) =>
    cards.every((card) => card[field].includes(id));
  switch (kind) {
    case "move":
      return (
        <OptionList
          label="Columns"
          placeholder="Move to"
          empty="No matching columns."
          options={view.columns.map(({ id, name, category }) => ({
            id,
            name,
            icon: <StatusIcon category={category} />,
            chosen: shared(cards, ({ column_id }) => column_id) === id,
          }))}
          onChoose={(id) => {
            const name = view.columns.find((column) => column.id === id)?.name ?? "another column";
            change({ column_id: id }, (tasks) => `Moved ${tasks} to ${name}`);
          }}
        />
      );
    case "assign":
      return (
        <OptionList
          label="Assignees"
          placeholder="Assign to"
          empty="No matching people."
          options={[
            ...view.people.map((person) => ({
              id: person.id,
              name: person.name,
              ...(person.email ? { words: [person.email] } : {}),
              icon: <Avatar person={person} />,
              chosen: onAll("assignees", person.id),
            })),
            {
              id: NOBODY,
              name: "Nobody",
              words: ["unassign"],
              chosen: cards.every((card) => !card.assignees.length),
            },
          ]}
          onChoose={(id) => {
            const name = view.people.find((person) => person.id === id)?.name ?? "";
            if (id === NOBODY) change({ assignees: [] }, (tasks) => `Unassigned ${tasks}`);
            else if (onAll("assignees", id))
              change({ remove_assignees: [id] }, (tasks) => `Unassigned ${name} from ${tasks}`);
            else change({ add_assignees: [id] }, (tasks) => `Assigned ${tasks} to ${name}`);
          }}
        />
      );
    case "label":
      return (
        <OptionList
          label="Labels"
          placeholder="Label"
          empty={view.labels.length ? "No matching labels." : "This project has no labels yet."}
          options={view.labels.map(({ id, name, color }) => ({
            id,
            name,
            icon: (
              <span aria-hidden className="size-2.5 shrink-0 rounded-full" style={{ background: color }} />
            ),
            chosen: onAll("labels", id),
          }))}
          onChoose={(id) => {
            const name = view.labels.find((label) => label.id === id)?.name ?? "";
            if (onAll("labels", id))
              change({ remove_labels: [id] }, (tasks) => `Removed ${name} from ${tasks}`);
            else change({ add_labels: [id] }, (tasks) => `Added ${name} to ${tasks}`);
          }}
        />
      );
    case "priority":
      return (
        <OptionList
          label="Priority"
          placeholder="Priority"
          empty="No matching priorities."
          options={priorities.map((id) => ({
            id,
            name: priorityNames[id],
            icon: <PriorityIcon priority={id} />,
            chosen: shared(cards, ({ priority }) => priority) === id,
          }))}
          onChoose={(id) => {
            const priority = priorities.find((known) => known === id);
            if (!priority) return;
            const name = priorityNames[priority].toLowerCase();
            change({ priority }, (tasks) => `Set ${tasks} to ${name} priority`);
          }}
        />
      );
    case "sprint":
      return (
        <SprintPicker
          project={project}
          // Where they differ, none of the sprints is chosen.
          sprint={
            shared(cards, ({ sprint_id }) => sprint_id ?? null) ??
            (cards.every((card) => !card.sprint_id) ? null : "")
          }
          onChange={(sprint_id) =>
            change({ sprint_id }, (tasks) =>
              sprint_id === null ? `Moved ${tasks} to the backlog` : `Planned ${tasks}`,
            )
          }
        />
      );
    case "due":
      return (
        <DatePicker
          label="Due date"
          date={
            shared(cards, ({ due_date }) => due_date ?? null) ??
            (cards.some((card) => card.due_date) ? "" : null)
          }
          onChange={(due_date) =>
            change(
              { due_date },
              (tasks) =>
                `${due_date === null ? "Removed the due date from" : "Set the due date of"} ${tasks}`,
            )
          }
        />
      );
  }
}
