import { Popover } from "radix-ui";
import { useRef } from "react";
import { floatingClass } from "@/components/ui/menu";
import { useBoardView, useOpenBoard, type CardMenuKind } from "@/data/boards/board-context";
import { cardElement, focusCard } from "@/data/boards/card-focus";
import type { Card, TaskChange } from "@/lib/api/types";
import { changeTask, seenOf } from "@/data/tasks/task-writes";
import { AssigneePicker, DatePicker, LabelPicker, MovePicker, PriorityPicker, TitlePicker } from "./pickers";

/** What is open over which card. */
export interface OpenCardMenu {
  kind: CardMenuKind;
  task: string;
}

const names: Record<CardMenuKind, string> = {
  move: "Move",
  assign: "Assign",
  label: "Label",
  priority: "Priority",
  due: "Due date",
  title: "Edit title",
};

/** The small form that a key or the card's menu opens beside a card. */
export function CardMenu({ menu, onClose }: { menu: OpenCardMenu | null; onClose: () => void }) {
  const view = useBoardView();
  const card = menu ? view.cards.get(menu.task) : undefined;
  if (!menu || !card) return null;
  return (
    <Popover.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <CardAnchor key={card.key} task={card.key} />
      <Popover.Portal>
        <Popover.Content
          role="dialog"
          aria-label={`${names[menu.kind]}, ${card.key}`}
          side="right"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className={`${floatingClass} p-0`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusCard(card.key, card.column_id);
          }}
        >
          <Content key={`${menu.kind} ${card.key}`} kind={menu.kind} card={card} onClose={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

const middle = () => new DOMRect(window.innerWidth / 2, window.innerHeight / 3, 0, 0);

function CardAnchor({ task }: { task: string }) {
  // Where the card itself is out of sight, the form stands in the middle.
  const virtual = useRef({
    getBoundingClientRect: () => cardElement(task)?.getBoundingClientRect() ?? middle(),
  });
  return <Popover.Anchor virtualRef={virtual} />;
}

function Content({ kind, card, onClose }: { kind: CardMenuKind; card: Card; onClose: () => void }) {
  const { board } = useOpenBoard();
  const change = (fields: TaskChange) => void changeTask(board, card.key, fields, seenOf(card, fields));
  const changeAndClose = (fields: TaskChange) => {
    onClose();
    change(fields);
  };
  switch (kind) {
    case "move":
      return <MovePicker card={card} onDone={onClose} />;
    case "assign":
      return <AssigneePicker assignees={card.assignees} onChange={(assignees) => change({ assignees })} />;
    case "label":
      return <LabelPicker chosen={card.labels} onChange={(labels) => change({ labels })} />;
    case "priority":
      return (
        <PriorityPicker priority={card.priority} onChange={(priority) => changeAndClose({ priority })} />
      );
    case "due":
      return (
        <DatePicker
          label="Due date"
          date={card.due_date ?? null}
          onChange={(due_date) => changeAndClose({ due_date })}
        />
      );
    case "title":
      return (
        <TitlePicker
          task={card.key}
          title={card.title}
          onChange={(title) => (title === card.title ? onClose() : changeAndClose({ title }))}
        />
      );
  }
}
