import { useNavigate, useLocation } from "react-router";
import { paths } from "@/lib/paths";
import { changeTask, moveCard, seenOf } from "@/data/tasks/task-writes";
import { type BulkKind } from "@/features/tasks";
import type { Selection } from "@/data/boards/selection";
import { toggleTimer } from "@/features/time";
import type { Card } from "@/lib/api/types";
import type { KeyBinding } from "@/lib/keys";
import { useKeys } from "@/lib/use-keys";
import type { CardMenuKind, OpenBoard } from "@/data/boards/board-context";
import type { BoardState } from "@/data/boards/board-state";
import { focusCard } from "@/data/boards/card-focus";
import { cardInDirection, placementBeside, type Direction } from "./navigate-cards";
import { setQuickAdd } from "./quick-add-store";
import { useActiveCard } from "./use-active-card";

interface BoardKeys {
  view: BoardState;
  groups: ReadonlyMap<string, readonly Card[]>;
  open: OpenBoard;
  me: string;
  selection: Selection;
  /** Opens what is to be done with all chosen cards. */
  openBulk: (kind: BulkKind) => void;
  /** Whether what happened shows beside the board. */
  activity: boolean;
  onActivity: (shows: boolean) => void;
}

/** The keys that work on a board and its cards. */
export function useBoardKeys(keys: BoardKeys): void {
  const { view, groups, open, me, selection, openBulk, activity, onActivity } = keys;
  const activeCard = useActiveCard();
  const navigate = useNavigate();
  const { search } = useLocation();

  const go = (direction: Direction) => () => {
    const card = cardInDirection(view.columns, groups, activeCard(), direction);
    if (card) focusCard(card.key, card.column_id);
  };
  const withCard = (work: (card: Card) => void) => () => {
    const key = activeCard();
    const card = key === null ? undefined : view.cards.get(key);
    if (card && open.works && card.version > 0) work(card);
  };
  const menu = (kind: CardMenuKind) => withCard((card) => open.openMenu(kind, card.key));
  /** The keys of a card mean all chosen cards, where there are any. */
  const menuOfMany = (kind: Exclude<CardMenuKind, "title">) => () => {
    if (selection.cards.length) openBulk(kind);
    else menu(kind)();
  };
  const shift = (step: -1 | 1) =>
    withCard((card) => {
      const placement = placementBeside(view.columns, groups, card.key, step);
      if (!placement) return;
      void moveCard(open.board, card.key, placement);
      // The card is drawn in its new column first; the focus goes along with it.
      requestAnimationFrame(() => focusCard(card.key, placement.column));
    });
  const add = () => {
    if (!open.works) return;
    const key = activeCard();
    const column = (key === null ? undefined : view.cards.get(key)?.column_id) ?? view.columns[0]?.id;
    if (column !== undefined) setQuickAdd(column);
  };

  const bindings: KeyBinding[] = [
    { keys: "c", run: add },
    { keys: "t", run: add },
    { keys: "j", run: go("down") },
    { keys: "ArrowDown", run: go("down") },
    { keys: "k", run: go("up") },
    { keys: "ArrowUp", run: go("up") },
    { keys: "ArrowLeft", run: go("left") },
    { keys: "ArrowRight", run: go("right") },
    { keys: "m", run: menuOfMany("move") },
    { keys: "a", run: menuOfMany("assign") },
    { keys: "l", run: menuOfMany("label") },
    { keys: "p", run: menuOfMany("priority") },
    { keys: "d", run: menuOfMany("due") },
    { keys: "x", run: withCard((card) => selection.toggle(card.key)) },
    { keys: "e", run: menu("title") },
    { keys: "s", run: withCard((card) => void toggleTimer(card.key)) },
    { keys: "[", run: shift(-1) },
    { keys: "]", run: shift(1) },
    {
      keys: " ",
      run: withCard((card) => {
        const mine = card.assignees.includes(me);
        const assignees = mine ? card.assignees.filter((id) => id !== me) : [...card.assignees, me];
        void changeTask(open.board, card.key, { assignees }, seenOf(card, { assignees }));
      }),
    },
    { keys: "h", run: () => onActivity(!activity) },
    { keys: "/", run: () => document.querySelector<HTMLElement>("[data-filter-text]")?.focus() },
    {
      keys: "Escape",
      run: () => {
        // Esc closes what lies on top; when nothing does, that is the choice, then the task's panel, then the activity.
        if (selection.cards.length) {
          selection.clear();
          return;
        }
        const panel = document.querySelector("[data-panel-task]");
        if (panel) void navigate(paths.board(open.project, open.board) + search);
        else onActivity(false);
      },
    },
  ];
  useKeys(bindings);
}
