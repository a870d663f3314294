import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { setCustomNativeDragPreview } from "@atlaskit/pragmatic-drag-and-drop/utils/set-custom-native-drag-preview";
import { memo, useEffect, useRef } from "react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { Avatar } from "@/components/ui/avatar";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { StatusIcon } from "@/components/ui/status-icon";
import type { Card, Person } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";

/** The height of a row, which drawing only those in sight counts on: a finger needs more of it. */
export const rowHeight = () => (window.matchMedia("(pointer: coarse)").matches ? 46 : 38);

interface RowProps {
  card: Card;
  section: string;
  people: ReadonlyMap<string, Person>;
  project: string;
  board: string;
  chosen: boolean;
  /** Whether Tab stops here: of all rows one does. */
  current: boolean;
  /** Whether it can be chosen, to be changed with others. */
  choosable: boolean;
  movable: boolean;
  /** What a drag that begins here carries. */
  carried: (key: string) => string[];
  onToggle: (key: string) => void;
  onExtend: (key: string) => void;
  onFocus: (key: string) => void;
}

/** A task in a line: a link that can be chosen, lifted and carried. */
export const BacklogRow = memo(function BacklogRow({
  card,
  section,
  people,
  project,
  board,
  chosen,
  current,
  choosable,
  movable,
  carried,
  onToggle,
  onExtend,
  onFocus,
}: RowProps) {
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = frame.current;
    if (!element || !movable || card.version === 0) return;
    return combine(
      draggable({
        element,
        getInitialData: () => ({ kind: "backlog", tasks: carried(card.key) }),
        onGenerateDragPreview({ nativeSetDragImage }) {
          const count = carried(card.key).length;
          setCustomNativeDragPreview({
            nativeSetDragImage,
            render({ container }) {
              const tag = document.createElement("div");
              tag.textContent = count === 1 ? `${card.key} ${card.title}` : `${count} tasks`;
              tag.className =
                "bg-raised border-line-strong text-text max-w-72 truncate rounded-card border px-3 py-2 font-medium";
              container.append(tag);
            },
          });
        },
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === "backlog",
        getData: () => ({ section }),
      }),
    );
  }, [card.key, card.title, card.version, section, movable, carried]);

  const assignees = card.assignees.flatMap((id) => people.get(id) ?? []);
  return (
    <div
      ref={frame}
      className={classNames(
        "border-line flex h-[38px] touch:h-[46px] items-center gap-2 border-b pr-3 pl-2",
        chosen ? "bg-accent-soft" : "bg-surface hover:bg-hover",
      )}
    >
      <span className="grid size-7 shrink-0 place-items-center touch:size-9">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ${card.key}`}
          checked={chosen}
          disabled={!choosable}
          onClick={(event) => {
            if (event.shiftKey) onExtend(card.key);
            else onToggle(card.key);
          }}
          onChange={() => undefined}
          className="accent-(--accent) size-3.5 touch:size-5"
        />
      </span>
      <span className="flex min-w-0 flex-1">
        <Link
          to={paths.task(project, board, card.key)}
          data-backlog-task={card.key}
          tabIndex={current ? 0 : -1}
          draggable={false}
          onFocus={() => onFocus(card.key)}
          onClick={(event) => {
            if (!choosable || !(event.shiftKey || event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            if (event.shiftKey) onExtend(card.key);
            else onToggle(card.key);
          }}
          className="flex h-7 min-w-0 flex-1 items-center gap-2.5 rounded-small px-1 touch:h-11"
        >
          <StatusIcon category={card.status} />
          <span className="text-faint text-meta w-16 shrink-0 tabular-nums max-sm:w-14">{card.key}</span>
          <span className={classNames("min-w-0 flex-1 truncate", card.status === "done" && "text-quiet")}>
            {card.title}
          </span>
          <PriorityIcon priority={card.priority} />
          <span className="flex w-14 shrink-0 justify-end -space-x-0.5 max-sm:hidden">
            {assignees.slice(0, 3).map((person) => (
              <Avatar key={person.id} person={person} ring />
            ))}
          </span>
          <span
            className={classNames(
              "bg-column min-w-7 rounded-[5px] px-1.5 text-center font-medium tabular-nums",
              card.story_points == null && "text-faint",
            )}
          >
            {card.story_points ?? "–"}
            <span className="sr-only"> points</span>
          </span>
        </Link>
      </span>
    </div>
  );
});
