import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge/extract-closest-edge";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/utils/combine";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Outlet, useMatch } from "react-router";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/states";
import { useAccount } from "@/data/session/auth-context";
import { MOST_POINTING, Pointers, usePointing } from "@/features/live";
import { playGlides, settle } from "@/data/live/glide";
import { useLive } from "@/data/live/use-live";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { useAppearance } from "@/lib/appearance";
import { archiveTask, moveCard } from "@/data/tasks/task-writes";
import { BulkBar, type BulkKind, CardMenu, type OpenCardMenu } from "@/features/tasks";
import { useSelection } from "@/data/boards/selection";
import { useFeature } from "@/data/session/use-feature";
import type { Card } from "@/lib/api/types";
import { moveColumn } from "../api/column-writes";
import {
  BoardContext,
  BoardViewContext,
  SelectionContext,
  type CardMenuKind,
  type OpenBoard,
} from "@/data/boards/board-context";
import { groupByColumn, isFiltering, passes, type BoardState } from "@/data/boards/board-state";
import { setCardDrag } from "../drag-store";
import { useBoardKeys } from "../use-board-keys";
import { useFilter } from "../use-filter";
import { ActivityDrawer } from "./activity-drawer";
import { BoardHead } from "./board-head";
import { Column } from "./column";
import { ColumnDialog } from "./column-dialog";

const noCards: readonly Card[] = [];

/** A board that has been read: its head, its columns, and what opens over them. */
export function BoardView({ view, project }: { view: BoardState; project: string }) {
  const board = view.board.id;
  const me = useAccount().user.id;
  const { data: about } = useQuery(projectQuery(project));
  const works = reaches(about?.role, "developer");
  const arranges = reaches(about?.role, "manager");
  const live = useLive(board, me);
  const [filter, setFilter] = useFilter();
  const filtering = isFiltering(filter);
  const [menu, setMenu] = useState<OpenCardMenu | null>(null);
  const [bulk, setBulk] = useState<BulkKind | null>(null);
  const [addingColumn, setAddingColumn] = useState(false);
  const [activity, setActivity] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const others = live.people.filter(({ id }) => id !== me).length;
  const points = useFeature("live_cursors") && others > 0 && live.people.length <= MOST_POINTING;
  const { cursors } = useAppearance();
  usePointing(scroller, board, points && live.status === "live");
  const openTask = useMatch("/p/:project/b/:board/t/:key")?.params.key ?? null;

  const people = useMemo(() => new Map(view.people.map((person) => [person.id, person])), [view.people]);
  const labels = useMemo(() => new Map(view.labels.map((label) => [label.id, label])), [view.labels]);
  const { fields } = view;
  const openMenu = useCallback((kind: CardMenuKind, task: string) => setMenu({ kind, task }), []);
  const archive = useCallback((task: string) => void archiveTask(board, project, task), [board, project]);
  const open = useMemo<OpenBoard>(
    () => ({ board, project, people, labels, fields, works, arranges, openMenu, archive }),
    [board, project, people, labels, fields, works, arranges, openMenu, archive],
  );

  const groups = useMemo(() => groupByColumn(view), [view]);
  const shown = useMemo(() => {
    if (!filtering) return groups;
    return new Map(
      [...groups].map(([column, cards]) => [column, cards.filter((card) => passes(card, filter))]),
    );
  }, [groups, filter, filtering]);

  const inColumns = useMemo(
    () => view.columns.map(({ id }) => ({ cards: shown.get(id) ?? noCards })),
    [view.columns, shown],
  );
  const selection = useSelection(inColumns);

  useLayoutEffect(() => {
    playGlides();
  }, [view]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    return combine(
      monitorForElements({
        onDragStart: ({ source }) => {
          if (source.data.kind === "card") element.dataset.settling = "";
        },
        onDrop({ source, location }) {
          settle();
          setCardDrag(null);
          const target = location.current.dropTargets[0]?.data;
          if (!target || typeof target.column !== "string") return;
          if (source.data.kind === "card" && typeof source.data.task === "string") {
            const before = typeof target.before === "string" ? target.before : null;
            void moveCard(board, source.data.task, { column: target.column, before });
          }
          if (source.data.kind === "column" && typeof source.data.column === "string") {
            const moved = source.data.column;
            const others = view.columns.filter(({ id }) => id !== moved);
            const at = others.findIndex(({ id }) => id === target.column);
            if (at < 0) return;
            void moveColumn(board, moved, extractClosestEdge(target) === "right" ? at + 1 : at);
          }
        },
      }),
      autoScrollForElements({ element, getAllowedAxis: () => "horizontal" }),
    );
  }, [board, view.columns]);

  useBoardKeys({
    view,
    groups: shown,
    open,
    me,
    selection,
    openBulk: setBulk,
    activity,
    onActivity: setActivity,
  });

  return (
    <BoardContext value={open}>
      <SelectionContext value={selection}>
        <BoardViewContext value={view}>
          <BoardHead
            view={view}
            projectName={about?.name ?? project}
            live={live}
            me={me}
            activity={activity}
            onActivity={setActivity}
            filter={filter}
            onFilter={setFilter}
          />
          <div className="relative flex min-h-0 flex-1">
            <main
              ref={scroller}
              data-board={board}
              aria-label={`Board ${view.board.name}`}
              className="flex min-w-0 flex-1 gap-3 overflow-x-auto overflow-y-hidden p-4 max-sm:snap-x max-sm:snap-mandatory max-sm:px-4"
            >
              {view.columns.map((column, index) => (
                <Column
                  key={column.id}
                  column={column}
                  index={index}
                  count={view.columns.length}
                  cards={shown.get(column.id) ?? noCards}
                  total={groups.get(column.id)?.length ?? 0}
                  filtering={filtering}
                  boardEmpty={view.cards.size === 0}
                  openTask={openTask}
                />
              ))}
              {view.columns.length === 0 && (
                <Empty
                  title="This board has no columns"
                  action={
                    arranges && (
                      <Button look="primary" onClick={() => setAddingColumn(true)}>
                        Add a column
                      </Button>
                    )
                  }
                >
                  Columns are the steps that work goes through, such as To do, In progress and Done.
                </Empty>
              )}
              {arranges && view.columns.length > 0 && (
                <button
                  type="button"
                  onClick={() => setAddingColumn(true)}
                  className="text-quiet hover:bg-hover hover:text-text flex h-10 w-44 shrink-0 items-center gap-1.5 rounded-[10px] px-3 transition-colors max-sm:snap-center"
                >
                  <Plus size={14} aria-hidden />
                  Add column
                </button>
              )}
            </main>
            <BulkBar
              view={view}
              project={project}
              cards={selection.cards}
              open={bulk}
              onOpen={setBulk}
              onClear={selection.clear}
            />
            {points && cursors && <Pointers scroller={scroller} />}
            {activity && <ActivityDrawer onClose={() => setActivity(false)} />}
            <Outlet />
          </div>
          <CardMenu menu={menu} onClose={() => setMenu(null)} />
          <ColumnDialog open={addingColumn} onOpenChange={setAddingColumn} />
        </BoardViewContext>
      </SelectionContext>
    </BoardContext>
  );
}
