import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Plus } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useAccount } from "@/data/session/auth-context";
import type { BoardState } from "@/data/boards/board-state";
import { LivePill } from "@/features/live";
import { useLive } from "@/data/live/use-live";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { planTasks } from "@/data/sprints/sprint-writes";
import { refreshSprints } from "@/data/sprints/sprints";
import { SprintDialog } from "@/features/sprints";
import { pointsOf } from "@/data/sprints/sprint-figures";
import { BulkBar, type BulkKind } from "@/features/tasks";
import { OptionList } from "@/components/ui/option-list";
import { useSelection } from "@/data/boards/selection";
import type { Sprint } from "@/lib/api/types";
import { BACKLOG, linesOf, sectionsOf, type Line } from "../sections";
import { useBacklogKeys } from "../use-backlog-keys";
import { BacklogRow, rowHeight } from "./backlog-row";
import { BacklogSectionFoot, FOOT_HEIGHT } from "./section-foot";
import { BacklogSectionHead, HEAD_HEIGHT } from "./section-head";

const heightOf = (line: Line | undefined) =>
  line?.kind === "head" ? HEAD_HEIGHT : line?.kind === "foot" ? FOOT_HEIGHT : rowHeight();

/** The sprints to come with what is planned for them, and the backlog under them. */
export function BacklogView({
  view,
  project,
  sprints,
}: {
  view: BoardState;
  project: string;
  sprints: readonly Sprint[];
}) {
  const board = view.board.id;
  const me = useAccount().user.id;
  const { data: about } = useQuery(projectQuery(project));
  const live = useLive(board, me);
  const works = reaches(about?.role, "developer");
  const manages = reaches(about?.role, "manager");
  const scroller = useRef<HTMLDivElement>(null);
  const [planning, setPlanning] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const [bulk, setBulk] = useState<BulkKind | null>(null);
  const [over, setOver] = useState<string | null>(null);

  const sections = useMemo(() => sectionsOf(view, sprints), [view, sprints]);
  const lines = useMemo(() => linesOf(sections), [sections]);
  const people = useMemo(() => new Map(view.people.map((person) => [person.id, person])), [view.people]);
  const selection = useSelection(sections);
  const { cards: selected, clear } = selection;

  // Somebody else may plan, start or close a sprint: the board hears of it first.
  const running = view.sprint?.version;
  useEffect(() => refreshSprints(project), [project, running]);

  const move = useCallback(
    (keys: readonly string[], section: string) => {
      const sprint = sprints.find(({ id }) => id === section) ?? null;
      if (sprint || section === BACKLOG) void planTasks(board, project, keys, sprint);
      clear();
    },
    [board, project, sprints, clear],
  );

  const chosen = useRef(selected);
  useEffect(() => {
    chosen.current = selected;
  });
  const carried = useCallback((key: string) => {
    const keys = chosen.current.map((card) => card.key);
    return keys.includes(key) ? keys : [key];
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    return combine(
      monitorForElements({
        onDropTargetChange: ({ source, location }) => {
          if (source.data.kind !== "backlog") return;
          const section = location.current.dropTargets[0]?.data.section;
          setOver(typeof section === "string" ? section : null);
        },
        onDrop: ({ source, location }) => {
          setOver(null);
          const section = location.current.dropTargets[0]?.data.section;
          const { tasks } = source.data;
          if (source.data.kind === "backlog" && typeof section === "string" && Array.isArray(tasks))
            move(tasks as string[], section);
        },
      }),
      autoScrollForElements({ element }),
    );
  }, [move]);

  // eslint-disable-next-line react-hooks/incompatible-library -- nothing below is memoized by what it returns
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(lines[index]),
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 12,
  });
  const { current, setCurrent } = useBacklogKeys({
    sections,
    selection,
    scrollTo: (key) => rows.scrollToIndex(lines.findIndex(({ id }) => id === key)),
    choose: () => manages && setChoosing(true),
    move: (keys, section) => manages && move(keys, section),
  });
  const targets = choosing
    ? selected.length
      ? selected.map(({ key }) => key)
      : current
        ? [current]
        : []
    : [];

  return (
    <>
      <PageHead
        actions={
          <>
            <LivePill status={live.status} />
            {manages && (
              <Button look="primary" onClick={() => setPlanning(true)}>
                <Plus size={14} aria-hidden />
                Plan a sprint
              </Button>
            )}
          </>
        }
      >
        <Crumb to={paths.project(project)}>{about?.name ?? project}</Crumb>
        <PageTitle>Backlog</PageTitle>
      </PageHead>
      <main ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto px-6 pb-24 max-sm:px-3">
        <div className="relative mx-auto w-full max-w-[1080px]" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const line = lines[index];
            return (
              line && (
                <div
                  key={key}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {line.kind === "head" ? (
                    <BacklogSectionHead
                      section={line.section}
                      sprints={sprints}
                      over={over === line.section.id}
                      manages={manages}
                    />
                  ) : line.kind === "card" ? (
                    <BacklogRow
                      card={line.card}
                      section={line.section.id}
                      people={people}
                      project={project}
                      board={board}
                      chosen={selection.has(line.card.key)}
                      current={line.card.key === current}
                      choosable={works}
                      movable={manages}
                      carried={carried}
                      onToggle={selection.toggle}
                      onExtend={selection.extend}
                      onFocus={setCurrent}
                    />
                  ) : (
                    <BacklogSectionFoot
                      section={line.section}
                      project={project}
                      board={board}
                      column={view.columns[0]?.id}
                      works={works}
                    />
                  )}
                </div>
              )
            );
          })}
        </div>
      </main>
      <BulkBar
        view={view}
        project={project}
        cards={works ? selected : []}
        open={bulk}
        onOpen={setBulk}
        onClear={clear}
        about={`${pointsOf(selected)} points`}
      />
      <SprintDialog project={project} sprints={sprints} open={planning} onOpenChange={setPlanning} />
      <Dialog
        open={choosing}
        onOpenChange={setChoosing}
        title={targets.length === 1 ? `Move ${targets[0]}` : `Move ${targets.length} tasks`}
      >
        <OptionList
          label="Sprints"
          placeholder="Move to"
          empty="No matching sprints."
          options={sections.map(({ id, sprint }) => ({
            id,
            name: sprint?.name ?? "Backlog",
            chosen: false,
          }))}
          onChoose={(section) => {
            setChoosing(false);
            move(targets, section);
          }}
        />
      </Dialog>
    </>
  );
}
