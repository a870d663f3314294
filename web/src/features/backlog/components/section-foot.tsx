import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { Plus } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { boxClass } from "@/components/ui/field";
import { createTask } from "@/data/tasks/task-writes";
import { problemToast } from "@/components/ui/toast-store";
import { explain } from "@/lib/api/problem";
import type { Section } from "../sections";

/** The height of a section's foot. */
export const FOOT_HEIGHT = 44;

/** The end of a section: what goes here while it is empty, and a box that adds tasks to it. */
export function BacklogSectionFoot({
  section,
  project,
  board,
  column,
  works,
}: {
  section: Section;
  project: string;
  board: string;
  column: string | undefined;
  works: boolean;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [title, setTitle] = useState("");
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === "backlog",
      getData: () => ({ section: section.id }),
    });
  }, [section.id]);
  const where = section.sprint?.name ?? "the backlog";
  const add = (event: FormEvent) => {
    event.preventDefault();
    const wanted = title.trim();
    if (!wanted || column === undefined) return;
    setTitle("");
    createTask(board, project, {
      title: wanted,
      column_id: column,
      sprint_id: section.sprint?.id ?? null,
    }).catch((refusal: unknown) => {
      setTitle((typed) => (typed ? `${wanted} ${typed}` : wanted));
      problemToast(`The task was not added. ${explain(refusal)}`);
    });
  };
  const empty = section.cards.length === 0;
  const hint = section.sprint
    ? "Drag tasks here from the backlog, or type one"
    : "The backlog is empty. Type a task";
  if (!works) {
    return (
      <div ref={frame} className="text-quiet flex h-11 items-center px-3">
        {empty && (section.sprint ? "Nothing is planned for this sprint yet." : "The backlog is empty.")}
      </div>
    );
  }
  return (
    <div ref={frame} className="flex h-11 items-center">
      <form onSubmit={add} className="relative flex w-full items-center">
        <Plus size={14} aria-hidden className="text-faint pointer-events-none absolute left-3" />
        <input
          value={title}
          maxLength={500}
          aria-label={`Add a task to ${where}`}
          placeholder={empty ? hint : "Add a task"}
          onChange={(event) => setTitle(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          className={`${boxClass} h-8 border-transparent bg-transparent pl-9 max-sm:text-[16px] touch:h-11`}
        />
      </form>
    </div>
  );
}
