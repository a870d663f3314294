import { draggable } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { preserveOffsetOnSource } from "@atlaskit/pragmatic-drag-and-drop/utils/preserve-offset-on-source";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview";
import { Ban, Calendar, CheckSquare, MessageSquare, Paperclip } from "lucide-react";
import { memo, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import { paths } from "@/lib/paths";
import { Avatar } from "@/components/ui/avatar";
import { LabelTag } from "@/components/ui/label-tag";
import { personColor } from "@/components/ui/person-color";
import { CardEditors } from "@/features/live";
import { usePointedAtBy } from "@/data/live/cursor-store";
import { useEditors } from "@/data/live/edit-store";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { fieldWords } from "@/data/tasks/field-words";
import type { Card as CardData } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { daysSince, daysUntil, shortDay } from "@/lib/dates";
import { useCardSelection, useOpenBoard } from "@/data/boards/board-context";
import { cardDrag, setCardDrag } from "../drag-store";
import { CardMenuButton } from "./card-menu-button";

/** One dot a day, and no more than this many: older is simply old. */
const MOST_DOTS = 7;
const MOST_AVATARS = 3;

function DueDate({ date, done }: { date: string; done: boolean }) {
  const days = daysUntil(date);
  const late = days < 0 && !done;
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1",
        late ? "text-danger font-medium" : days <= 1 && !done && "text-warning",
      )}
    >
      <Calendar size={12} aria-hidden />
      {late ? `Overdue ${shortDay(date)}` : days === 0 && !done ? "Due today" : shortDay(date)}
    </span>
  );
}

function DaysInColumn({ since }: { since: string }) {
  const days = daysSince(since);
  if (days === 0) return null;
  const words = `${days} ${days === 1 ? "day" : "days"} in this column`;
  return (
    <span role="img" aria-label={words} title={words} className="inline-flex gap-[2.5px]">
      {Array.from({ length: Math.min(days, MOST_DOTS) }, (_, dot) => (
        <span key={dot} className="bg-line-strong size-[3px] rounded-full" />
      ))}
    </span>
  );
}

interface CardProps {
  card: CardData;
  open: boolean;
}

/** A card of a board: a link to its task that can be lifted and carried. */
export const Card = memo(function Card({ card, open }: CardProps) {
  const { board, project, people, labels, fields, works } = useOpenBoard();
  const { search } = useLocation();
  const frame = useRef<HTMLDivElement>(null);
  const draft = card.version === 0;
  const editors = useEditors(card.key);
  const pointing = usePointedAtBy(card.key);
  const editing = editors[0]?.person.id;
  const selection = useCardSelection();
  const chosen = selection.has(card.key);

  useEffect(() => {
    const element = frame.current;
    if (!element || !works || draft) return;
    return draggable({
      element,
      getInitialData: () => ({ kind: "card", task: card.key }),
      onGenerateDragPreview({ nativeSetDragImage, location }) {
        setCustomNativeDragPreview({
          nativeSetDragImage,
          getOffset: preserveOffsetOnSource({ element, input: location.current.input }),
          render({ container }) {
            const copy = element.cloneNode(true) as HTMLElement;
            copy.removeAttribute("data-card-frame");
            Object.assign(copy.style, {
              width: `${element.offsetWidth}px`,
              transform: "rotate(2.5deg)",
              boxShadow: "var(--shadow-lifted)",
              borderColor: "var(--line-strong)",
            });
            // Room for the tilt: the preview is cut at the container's edge.
            container.style.padding = "12px";
            container.append(copy);
          },
        });
      },
      onDragStart: () => {
        setCardDrag({ task: card.key, height: element.offsetHeight, over: cardDrag()?.over ?? null });
      },
      onDrop: () => setCardDrag(null),
    });
  }, [card.key, works, draft]);

  const shownLabels = card.labels.flatMap((id) => labels.get(id) ?? []);
  const assignees = card.assignees.flatMap((id) => people.get(id) ?? []);
  const done = card.status === "done";
  const values = fields.flatMap(({ id, name, kind }) => {
    const words = fieldWords(kind, card.custom?.[id], (person) => people.get(person)?.name);
    return words ? [{ id, name, words }] : [];
  });

  return (
    <div
      ref={frame}
      data-card-frame={card.key}
      className={classNames(
        "group/card relative rounded-card border transition-[border-color]",
        chosen ? "bg-accent-soft" : "bg-surface",
        open || chosen ? "border-accent-line" : "border-line hover:border-line-strong",
        draft && "opacity-60",
      )}
      style={{
        ...(editing ? { borderColor: personColor(editing) } : {}),
        ...(pointing ? { boxShadow: `0 0 0 1.5px ${personColor(pointing)}` } : {}),
      }}
    >
      <Link
        to={paths.task(project, board, card.key) + search}
        data-card={card.key}
        draggable={false}
        aria-disabled={draft || undefined}
        className="block rounded-card p-2.5 outline-offset-0"
        onClick={(event) => {
          if (draft) event.preventDefault();
          if (draft || !works || !(event.shiftKey || event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          if (event.shiftKey) selection.extend(card.key);
          else selection.toggle(card.key);
        }}
      >
        <span className="flex items-center gap-2">
          <span className="text-faint text-meta tabular-nums">{draft ? "Saving" : card.key}</span>
          <DaysInColumn since={card.column_since} />
          <CardEditors editors={editors} />
        </span>
        <span className={classNames("mt-0.5 line-clamp-2 font-medium wrap-anywhere", done && "text-quiet")}>
          {card.title}
        </span>
        {shownLabels.length > 0 && (
          <span className="mt-2 flex flex-wrap gap-1">
            {shownLabels.map((label) => (
              <LabelTag key={label.id} label={label} />
            ))}
          </span>
        )}
        {values.map(({ id, name, words }) => (
          <span key={id} className="text-quiet text-meta mt-1 block truncate" title={`${name}: ${words}`}>
            <span className="text-faint">{name}:</span> {words}
          </span>
        ))}
        <span className="text-quiet text-meta mt-2 flex min-h-5 flex-wrap items-center gap-x-2.5 gap-y-1 tabular-nums">
          <PriorityIcon priority={card.priority} />
          {card.story_points != null && (
            <span
              className="bg-column min-w-5 rounded-[5px] px-1.5 text-center font-medium"
              title={`${card.story_points} story points`}
            >
              {card.story_points}
              <span className="sr-only"> points</span>
            </span>
          )}
          {card.due_date && <DueDate date={card.due_date} done={done} />}
          {card.subtask_count > 0 && (
            <span className="inline-flex items-center gap-1" title="Subtasks done">
              <CheckSquare size={12} aria-hidden />
              {card.subtask_done}/{card.subtask_count}
              <span className="sr-only"> subtasks done</span>
            </span>
          )}
          {card.comment_count > 0 && (
            <span className="inline-flex items-center gap-1" title="Comments">
              <MessageSquare size={12} aria-hidden />
              {card.comment_count}
              <span className="sr-only"> comments</span>
            </span>
          )}
          {card.attachment_count > 0 && (
            <span className="inline-flex items-center gap-1" title="Files">
              <Paperclip size={12} aria-hidden />
              {card.attachment_count}
              <span className="sr-only"> files</span>
            </span>
          )}
          {card.blocked && (
            <span className="text-danger inline-flex items-center gap-1 font-medium">
              <Ban size={12} aria-hidden />
              Blocked
            </span>
          )}
          {assignees.length > 0 && (
            <span className="ml-auto flex -space-x-0.5">
              {assignees.slice(0, MOST_AVATARS).map((person) => (
                <Avatar key={person.id} person={person} ring />
              ))}
              {assignees.length > MOST_AVATARS && (
                <span className="text-faint pl-2">+{assignees.length - MOST_AVATARS}</span>
              )}
            </span>
          )}
        </span>
      </Link>
      {works && !draft && (
        <span
          className={classNames(
            "absolute top-1.5 right-8 grid size-6 place-items-center touch:top-0 touch:right-9 touch:size-9",
            selection.cards.length
              ? "opacity-100"
              : "opacity-0 group-focus-within/card:opacity-100 group-hover/card:opacity-100 touch:hidden",
          )}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={`Select ${card.key}`}
            checked={chosen}
            onClick={(event) => {
              if (event.shiftKey) selection.extend(card.key);
              else selection.toggle(card.key);
            }}
            onChange={() => undefined}
            className="accent-(--accent) size-3.5 touch:size-5"
          />
        </span>
      )}
      {works && !draft && <CardMenuButton card={card} />}
    </div>
  );
});
