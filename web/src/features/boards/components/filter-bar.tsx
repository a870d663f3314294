import { Check, ChevronDown, Search, X } from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { floatingClass } from "@/components/ui/menu";
import { PriorityIcon } from "@/components/ui/priority-icon";
import { priorities, priorityNames } from "@/lib/task-words";
import { sprintsQuery } from "@/data/sprints/sprints";
import { useFeature } from "@/data/session/use-feature";
import { classNames } from "@/lib/class-names";
import { useOpenBoard } from "@/data/boards/board-context";
import {
  isFiltering,
  NO_SPRINT,
  UNASSIGNED,
  type BoardFilter,
  type BoardState,
} from "@/data/boards/board-state";

interface Choice {
  id: string;
  name: string;
  icon?: ReactNode;
}

function FilterMenu({
  label,
  choices,
  chosen,
  onChange,
  empty,
}: {
  label: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  empty: string;
}) {
  const names = choices.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className={classNames(
            "data-[state=open]:bg-hover flex h-7 shrink-0 items-center gap-1 rounded-small border px-2 transition-colors touch:h-11",
            names.length
              ? "border-accent-line bg-accent-soft text-accent-ink"
              : "border-line text-quiet hover:bg-hover hover:text-text",
          )}
        >
          {label}
          {names.length > 0 && <span className="max-w-32 truncate font-medium">: {names.join(", ")}</span>}
          <ChevronDown size={13} aria-hidden />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          sideOffset={4}
          align="start"
          className={classNames(floatingClass, "max-h-80 w-56 overflow-y-auto")}
        >
          {choices.length === 0 && <p className="text-quiet px-2 py-2">{empty}</p>}
          {choices.map(({ id, name, icon }) => (
            <DropdownMenu.CheckboxItem
              key={id}
              checked={chosen.includes(id)}
              // Choosing several is the rule, so the list stays open.
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(checked) =>
                onChange(checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
              className="data-highlighted:bg-hover flex h-8 items-center gap-2 rounded-small px-2 outline-none select-none touch:h-11"
            >
              {icon}
              <span className="flex-1 truncate">{name}</span>
              <DropdownMenu.ItemIndicator>
                <Check size={14} aria-hidden className="text-accent-ink" />
              </DropdownMenu.ItemIndicator>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Narrows a board down to what someone looks for. */
export function FilterBar({
  view,
  filter,
  onFilter,
}: {
  view: BoardState;
  filter: BoardFilter;
  onFilter: (change: Partial<BoardFilter>) => void;
}) {
  const { project } = useOpenBoard();
  const all = useQuery({ ...sprintsQuery(project), enabled: useFeature("sprints") });
  const sprints = all.data?.filter(({ state }) => state !== "closed") ?? [];
  return (
    <div
      role="search"
      aria-label="Filter the board"
      className="border-line flex h-11 shrink-0 items-center gap-2 overflow-x-auto border-b px-4 [scrollbar-width:none] max-sm:px-3 touch:h-14"
    >
      <div className="relative shrink-0">
        <Search
          size={13}
          aria-hidden
          className="text-faint pointer-events-none absolute top-1/2 left-2 -translate-y-1/2"
        />
        <input
          type="search"
          data-filter-text
          aria-label="Filter by text"
          placeholder="Filter"
          value={filter.text}
          onChange={(event) => onFilter({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            if (filter.text) onFilter({ text: "" });
            event.currentTarget.blur();
          }}
          className="border-line hover:border-line-strong bg-surface h-7 w-44 rounded-small border pr-2 pl-7 [&::-webkit-search-cancel-button]:hidden max-sm:w-36 touch:h-11 max-sm:text-[16px]"
        />
        {!filter.text && (
          <kbd
            aria-hidden
            className="text-faint text-meta pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 font-sans touch:hidden"
          >
            /
          </kbd>
        )}
      </div>
      <FilterMenu
        label="Assignee"
        empty="Nobody is in this project yet."
        choices={[
          { id: UNASSIGNED, name: "Nobody" },
          ...view.people.map((person) => ({
            id: person.id,
            name: person.name,
            icon: <Avatar person={person} />,
          })),
        ]}
        chosen={filter.assignees}
        onChange={(assignees) => onFilter({ assignees })}
      />
      <FilterMenu
        label="Label"
        empty="This project has no labels yet."
        choices={view.labels.map(({ id, name, color }) => ({
          id,
          name,
          icon: <span aria-hidden className="size-2.5 rounded-full" style={{ background: color }} />,
        }))}
        chosen={filter.labels}
        onChange={(labels) => onFilter({ labels })}
      />
      <FilterMenu
        label="Priority"
        empty=""
        choices={priorities.map((id) => ({
          id,
          name: priorityNames[id],
          icon: <PriorityIcon priority={id} />,
        }))}
        chosen={filter.priorities}
        onChange={(chosen) => onFilter({ priorities: chosen })}
      />
      {sprints.length > 0 && (
        <FilterMenu
          label="Sprint"
          empty=""
          choices={[{ id: NO_SPRINT, name: "No sprint" }, ...sprints]}
          chosen={filter.sprints}
          onChange={(chosen) => onFilter({ sprints: chosen })}
        />
      )}
      {isFiltering(filter) && (
        <Button
          size="small"
          look="quiet"
          onClick={() => onFilter({ text: "", assignees: [], labels: [], priorities: [], sprints: [] })}
        >
          <X size={13} aria-hidden />
          Clear
        </Button>
      )}
    </div>
  );
}
