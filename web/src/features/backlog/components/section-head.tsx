import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { useMutation } from "@tanstack/react-query";
import { ChartLine, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { Button, IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { problemToast, toast } from "@/components/ui/toast-store";
import { CloseDialog, LoadBar, SprintDialog, SprintStateTag } from "@/features/sprints";
import { deleteSprint, startSprint } from "@/data/sprints/sprint-writes";
import { daysLeft, loadOf, pointsOf, sprintDays } from "@/data/sprints/sprint-figures";
import { explain } from "@/lib/api/problem";
import type { Sprint } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import type { Section } from "../sections";

/** The height of a section's head. */
export const HEAD_HEIGHT = 64;

/** The head of a sprint's section, or of the backlog's: what is in it, and what can be done with it. */
export function BacklogSectionHead({
  section,
  sprints,
  over,
  manages,
}: {
  section: Section;
  sprints: readonly Sprint[];
  over: boolean;
  manages: boolean;
}) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => source.data.kind === "backlog",
      getData: () => ({ section: section.id }),
    });
  }, [section.id]);
  const { sprint, cards } = section;
  const points = pointsOf(cards);
  const count = `${cards.length} ${cards.length === 1 ? "task" : "tasks"}`;
  return (
    <div
      ref={frame}
      className={classNames(
        "flex h-16 items-center gap-3 border-b pt-6",
        over ? "border-accent-line" : "border-line",
      )}
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3">
        <h2 className="truncate text-[14px] font-semibold">
          {sprint ? (
            <Link to={paths.sprint(sprint.project, sprint.id)} className="hover:underline">
              {sprint.name}
            </Link>
          ) : (
            "Backlog"
          )}
        </h2>
        {sprint?.state === "running" && <SprintStateTag state="running" />}
        <span className="text-quiet tabular-nums">
          {sprint && `${sprintDays(sprint)} · `}
          {sprint?.state === "running" && `${daysLeft(sprint)} · `}
          {count}
        </span>
      </div>
      {sprint ? (
        <LoadBar load={loadOf(points, sprint.capacity ?? null)} className="max-sm:hidden" />
      ) : (
        <span className="text-quiet tabular-nums max-sm:hidden">{points} points</span>
      )}
      {sprint && manages && <SectionActions sprint={sprint} sprints={sprints} empty={cards.length === 0} />}
    </div>
  );
}

function SectionActions({
  sprint,
  sprints,
  empty,
}: {
  sprint: Sprint;
  sprints: readonly Sprint[];
  empty: boolean;
}) {
  const navigate = useNavigate();
  const [editing, setEditing] = useState(false);
  const [closing, setClosing] = useState(false);
  const start = useMutation({
    mutationFn: () => startSprint(sprint),
    onSuccess: () => toast(`Started ${sprint.name}`),
    onError: (error) => problemToast(`${sprint.name} was not started. ${explain(error)}`),
  });
  const remove = useMutation({
    mutationFn: () => deleteSprint(sprint),
    onSuccess: () => toast(`Deleted ${sprint.name}. Its tasks are in the backlog.`),
    onError: (error) => problemToast(`${sprint.name} was not deleted. ${explain(error)}`),
  });
  const open = paths.sprint(sprint.project, sprint.id);
  return (
    <div className="flex items-center gap-1">
      {sprint.state === "planned" ? (
        <Button
          size="small"
          disabled={empty}
          title={empty ? "Move tasks into it first" : undefined}
          busy={start.isPending}
          onClick={() => start.mutate()}
        >
          Start sprint
        </Button>
      ) : (
        <Button size="small" onClick={() => setClosing(true)}>
          Close sprint
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label={`Actions for ${sprint.name}`}>
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<ChartLine size={14} aria-hidden />} onSelect={() => void navigate(open)}>
          Burndown and report
        </MenuItem>
        <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => setEditing(true)}>
          Edit sprint
        </MenuItem>
        {sprint.state === "planned" && (
          <>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => remove.mutate()}>
              Delete sprint
            </MenuItem>
          </>
        )}
      </Menu>
      <SprintDialog
        project={sprint.project}
        sprint={sprint}
        sprints={sprints}
        open={editing}
        onOpenChange={setEditing}
      />
      <CloseDialog
        sprint={sprint}
        open={closing}
        onOpenChange={setClosing}
        onClosed={() => void navigate(open)}
      />
    </div>
  );
}
