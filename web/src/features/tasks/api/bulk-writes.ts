import { dismissToast, problemToast, toast } from "@/components/ui/toast-store";
import { rereadBoard, updateBoard } from "@/data/boards/board-query";
import { putCard, removeCard } from "@/data/boards/board-state";
import { drawWrite } from "@/data/boards/pending-store";
import { boardView } from "@/data/boards/use-board";
import { refreshSprints } from "@/data/sprints/sprints";
import { answer, api } from "@/lib/api/client";
import { explain, ProblemError } from "@/lib/api/problem";
import type { BulkItem, BulkSet, Card } from "@/lib/api/types";
import { drawnBy, putBacks, tasksInWords, type PutBack } from "../bulk";
import { setRunning, showRefused } from "../bulk-store";
import { offerUndo, refreshArchive, refreshTask } from "@/data/tasks/task-writes";

/** The most tasks that one call changes. */
const AT_ONCE = 100;

/** A task as it is named to the server: whatever its version, or only if it still has this one. */
type Named = string | PutBack["tasks"][number];

const keyOf = (named: Named) => (typeof named === "string" ? named : named.task);

/** Draws the change on each card before it is answered; gives what takes all of it off again. */
function draw(board: string, cards: readonly Card[], set: BulkSet): () => void {
  const columns = boardView(board)?.columns ?? [];
  const undraw = cards.flatMap((card) => {
    if (set.archived) return [drawWrite(board, { kind: "remove", task: card.key })];
    const column =
      set.column_id ??
      (set.status &&
        set.status !== card.status &&
        columns.find(({ category }) => category === set.status)?.id);
    const change = drawWrite(board, { kind: "change", task: card.key, change: drawnBy(card, set) });
    if (!column || column === card.column_id) return [change];
    return [change, drawWrite(board, { kind: "move", task: card.key, placement: { column, before: null } })];
  });
  return () => undraw.forEach((take) => take());
}

/** Draws cards as they were before a change, each at the place that it had. */
function drawBack(board: string, cards: readonly Card[], set: BulkSet): () => void {
  const undraw = cards.map((card) => {
    const { column_id, status, position } = card;
    const place = set.column_id === undefined ? {} : { column_id, status, position };
    return drawWrite(board, { kind: "change", task: card.key, change: { ...drawnBy(card, set), ...place } });
  });
  return () => undraw.forEach((take) => take());
}

/** Sends a change in calls of as many tasks as one takes, and shows each answer as it comes. */
async function send(board: string, tasks: readonly Named[], set: BulkSet): Promise<BulkItem[]> {
  const lines: BulkItem[] = [];
  for (let from = 0; from < tasks.length; from += AT_ONCE) {
    setRunning({ done: from, total: tasks.length });
    const part = tasks.slice(from, from + AT_ONCE);
    const { items } = await answer(api.POST("/api/tasks/bulk", { body: { tasks: part, set } }));
    lines.push(...items);
    updateBoard(board, (known) =>
      items.reduce((state, { card }) => {
        if (!card) return state;
        return card.archived ? removeCard(state, card.key, card.version) : putCard(state, card);
      }, known),
    );
  }
  return lines;
}

/** What has to be read anew where it shows, after tasks have changed. */
function refresh(project: string, lines: readonly BulkItem[], set: BulkSet) {
  lines.forEach(({ task }) => refreshTask(task));
  if (set.sprint_id !== undefined) refreshSprints(project);
  if (set.archived !== undefined) refreshArchive(project);
}

/** Shows which tasks were refused, and why. */
function tellRefused(board: string, lines: readonly BulkItem[], known: readonly Card[]): void {
  const refused = lines.flatMap(({ task, problem }) => {
    if (!problem) return [];
    const title =
      known.find(({ key }) => key === task)?.title ?? boardView(board)?.cards.get(task)?.title ?? "";
    return [{ task, title, why: explain(new ProblemError(problem)) }];
  });
  showRefused(refused);
}

/**
 * Changes many tasks in the same way. It shows at once; each task that refuses goes back and is listed with its reason,
 * and what was changed can be put back. `told` says what was done, for so many tasks.
 */
export async function changeMany(
  board: string,
  project: string,
  cards: readonly Card[],
  set: BulkSet,
  told: (tasks: string) => string,
): Promise<void> {
  const undraw = draw(board, cards, set);
  setRunning({ done: 0, total: cards.length });
  try {
    const lines = await send(
      board,
      cards.map(({ key }) => key),
      set,
    );
    const after = lines.flatMap(({ card }) => card ?? []);
    const back = putBacks(cards, after, set);
    refresh(project, lines, set);
    tellRefused(board, lines, cards);
    const words = told(tasksInWords(after.length));
    if (back.length) offerUndo(words, () => putManyBack(board, project, cards, back));
    else if (after.length) toast(words);
  } catch (error) {
    void rereadBoard(board);
    problemToast(`${tasksInWords(cards.length)} could not be changed. ${explain(error)}`);
  } finally {
    undraw();
    setRunning(null);
  }
}

/** Puts tasks back to what they were; those that somebody changed since stay, and are listed. */
async function putManyBack(
  board: string,
  project: string,
  before: readonly Card[],
  back: readonly PutBack[],
): Promise<void> {
  const shown = toast("Undoing the change");
  const lines: BulkItem[] = [];
  const undraw = back.map(({ set, tasks }) => {
    const named = new Set(tasks.map(keyOf));
    return drawBack(
      board,
      before.filter(({ key }) => named.has(key)),
      set,
    );
  });
  try {
    for (const { set, tasks } of back) {
      const answered = await send(board, tasks, set);
      lines.push(...answered);
      refresh(project, answered, set);
    }
    const done = lines.filter(({ card }) => card).length;
    tellRefused(board, lines, before);
    dismissToast(shown);
    if (done) toast(`Undid the change to ${tasksInWords(done)}`);
  } catch (error) {
    dismissToast(shown);
    void rereadBoard(board);
    problemToast(`Not every change was undone. ${explain(error)}`);
  } finally {
    undraw.forEach((take) => take());
    setRunning(null);
  }
}
