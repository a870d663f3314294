import { dismissToast, problemToast, toast } from "@/components/ui/toast-store";
import { boardState, rereadBoard, updateBoard } from "@/data/boards/board-query";
import {
  cardsOf,
  lastNumber,
  placementOf,
  putCard,
  removeCard,
  type Placement,
} from "@/data/boards/board-state";
import { drawWrite } from "@/data/boards/pending-store";
import { boardView } from "@/data/boards/use-board";
import { announce } from "@/lib/announce";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { explain, ProblemError } from "@/lib/api/problem";
import type { Card, NewTask, Task, TaskChange } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { askAboutConflict } from "./conflict-store";
import { cardChange, cardFrom, disagreements, fieldNames, withChange, type Field } from "./merge";
import { inTurn } from "@/lib/in-turn";
import { taskQuery } from "./task-query";

/** A stale version may be followed by another one at once; more than this is a fight, not a race. */
const MERGES = 4;

interface Options {
  /** Steps that undo others are not offered for undoing themselves. */
  undoing?: boolean;
}

let lastUndo: number | undefined;

/** Offers to take a step back; only the newest step is on offer, as it is the one that a person means. */
export function offerUndo(text: string, undo: () => unknown): number {
  lastUndo = toast(text, {
    action: { label: "Undo", run: () => void undo() },
    ...(lastUndo === undefined ? {} : { replaces: lastUndo }),
  });
  return lastUndo;
}

/** Has a task read anew where it shows. */
export function refreshTask(task: string): void {
  void queryClient.invalidateQueries({ queryKey: taskQuery(task).queryKey });
}

/** Moves a card; it shows at once, and goes back visibly where the server refuses. */
export async function moveCard(
  board: string,
  task: string,
  placement: Placement,
  options: Options = {},
): Promise<boolean> {
  const view = boardView(board);
  const from = view && placementOf(view, task);
  if (!view || !from || (from.column === placement.column && from.before === placement.before)) return false;
  const column = view.columns.find(({ id }) => id === placement.column);
  const undraw = drawWrite(board, { kind: "move", task, placement });
  announceMove(board, task);
  const shown = options.undoing
    ? undefined
    : offerUndo(
        from.column === placement.column
          ? `Moved ${task}`
          : `Moved ${task} to ${column?.name ?? "its column"}`,
        () => moveCard(board, task, from, { undoing: true }),
      );
  try {
    await inTurn(task, async () => {
      const state = boardState(board);
      const fromColumn = state?.cards.get(task)?.column_id ?? from.column;
      const last = state ? cardsOf(state, placement.column, task).at(-1)?.key : undefined;
      const where =
        placement.before !== null ? { before: placement.before } : last !== undefined ? { after: last } : {};
      const card = await answer(
        api.POST("/api/boards/{board_id}/move", {
          params: { path: { board_id: board } },
          body: { task, from_column: fromColumn, to_column: placement.column, ...where },
        }),
      );
      updateBoard(board, (known) => putCard(known, card));
      undraw();
      refreshTask(task);
    });
    return true;
  } catch (error) {
    undraw();
    if (shown !== undefined) dismissToast(shown);
    // The answer to a conflict names the column's order; a fresh board has that and what led to it.
    if (error instanceof ProblemError && [404, 409].includes(error.status)) void rereadBoard(board);
    problemToast(`${task} was not moved. ${explain(error)}`);
    return false;
  }
}

function announceMove(board: string, task: string) {
  const view = boardView(board);
  const card = view?.cards.get(task);
  if (!view || !card) return;
  const column = cardsOf(view, card.column_id);
  const name = view.columns.find(({ id }) => id === card.column_id)?.name ?? "";
  const place = column.findIndex(({ key }) => key === task) + 1;
  announce(`${task} moved to ${name}, position ${place} of ${column.length}`);
}

/** What a person saw of a task when they changed it. */
export interface Seen {
  version: number;
  values: TaskChange;
}

/** The values of the fields that a change is about, as a card or a task shows them. */
export function seenOf(shown: Card | Task, change: TaskChange): Seen {
  const values = Object.fromEntries(
    (Object.keys(change) as Field[]).map((field) => [field, (shown as Partial<Task>)[field] ?? null]),
  );
  return { version: shown.version, values };
}

function showTask(board: string, task: Task) {
  queryClient.setQueryData(taskQuery(task.key).queryKey, task);
  updateBoard(board, (known) => putCard(known, cardFrom(task)));
  void queryClient.invalidateQueries({ queryKey: ["tasks", task.key, "history"] });
}

async function sendChange(board: string, key: string, change: TaskChange, seen: Seen): Promise<Task | null> {
  let wanted = change;
  let version = seen.version;
  for (let merges = 0; ; merges += 1) {
    try {
      return await answer(
        api.PATCH("/api/tasks/{task}", {
          params: { path: { task: key }, header: unchangedSince(version) },
          body: wanted,
        }),
      );
    } catch (error) {
      const stale = error instanceof ProblemError && error.status === 412;
      if (!stale || merges >= MERGES) throw error;
      const current =
        (error.problem.current as Task | undefined) ??
        (await answer(api.GET("/api/tasks/{task}", { params: { path: { task: key } } })));
      const fields = disagreements(wanted, seen.values, current);
      if (fields.length) {
        const chosen = await askAboutConflict({ task: key, board, fields, mine: wanted, theirs: current });
        if (!chosen || Object.keys(chosen).length === 0) {
          showTask(board, current);
          return null;
        }
        wanted = chosen;
        // What was chosen was chosen in sight of this version.
        seen = seenOf(current, chosen);
      }
      version = current.version;
    }
  }
}

/**
 * Changes fields of a task; two people's changes to different fields both stay. False where the server refused,
 * so that what was typed is kept; whoever chose the other person's version is done with their own.
 */
export async function changeTask(
  board: string,
  key: string,
  change: TaskChange,
  seen: Seen,
  options: Options = {},
): Promise<boolean> {
  const undraw = drawWrite(board, { kind: "change", task: key, change: cardChange(change) });
  const known = queryClient.getQueryData(taskQuery(key).queryKey);
  if (known) queryClient.setQueryData(taskQuery(key).queryKey, withChange(known, change));
  try {
    const task = await inTurn(key, () => sendChange(board, key, change, seen));
    if (task) {
      showTask(board, task);
      if (!options.undoing) {
        const names = (Object.keys(change) as Field[]).map((field) => fieldNames[field].toLowerCase());
        offerUndo(`Changed the ${names.join(" and ")} of ${key}`, () =>
          changeTask(board, key, seen.values, { version: task.version, values: change }, { undoing: true }),
        );
      }
    }
    undraw();
    return true;
  } catch (error) {
    undraw();
    if (known) {
      // Only what this change drew goes back: the task may have moved on in the meantime.
      queryClient.setQueryData(taskQuery(key).queryKey, (now) => now && withChange(now, seen.values));
    }
    refreshTask(key);
    problemToast(`${key} was not changed. ${explain(error)}`);
    return false;
  }
}

/** Takes a task off its board; it can be restored for thirty days. */
export async function archiveTask(board: string, project: string, key: string): Promise<boolean> {
  const version = boardState(board)?.cards.get(key)?.version;
  const undraw = drawWrite(board, { kind: "remove", task: key });
  try {
    await inTurn(key, () => answer(api.DELETE("/api/tasks/{task}", { params: { path: { task: key } } })));
    if (version !== undefined) updateBoard(board, (known) => removeCard(known, key, version));
    undraw();
    afterArchiving(project, key);
    announce(`${key} archived`);
    offerUndo(`Archived ${key}`, () => restoreTask(board, project, key));
    return true;
  } catch (error) {
    undraw();
    problemToast(`${key} was not archived. ${explain(error)}`);
    return false;
  }
}

/** Has a project's archived tasks read anew where they show. */
export function refreshArchive(project: string): void {
  void queryClient.invalidateQueries({ queryKey: ["projects", project, "archived"] });
}

function afterArchiving(project: string, key: string) {
  refreshArchive(project);
  refreshTask(key);
}

/** Brings an archived task back to where it was. */
export async function restoreTask(board: string, project: string, key: string): Promise<boolean> {
  try {
    const task = await inTurn(key, () =>
      answer(api.POST("/api/tasks/{task}/restore", { params: { path: { task: key } } })),
    );
    updateBoard(board, (known) => putCard(known, cardFrom(task)));
    afterArchiving(project, key);
    toast(`Restored ${key}`);
    return true;
  } catch (error) {
    problemToast(`${key} was not restored. ${explain(error)}`);
    return false;
  }
}

let drafts = 0;

/** Makes a task at the bottom of a column. Throws where the server refuses, so that a form keeps its text. */
export async function createTask(
  board: string,
  project: string,
  task: NewTask & { title: string; column_id: string },
): Promise<Task> {
  drafts += 1;
  const view = boardView(board);
  const last = view ? cardsOf(view, task.column_id).at(-1) : undefined;
  const now = new Date().toISOString();
  const known = boardState(board);
  const undraw = drawWrite(board, {
    kind: "add",
    after: known ? lastNumber(known) : 0,
    card: {
      key: `${project}-new-${drafts}`,
      title: task.title,
      board_id: board,
      column_id: task.column_id,
      status: view?.columns.find(({ id }) => id === task.column_id)?.category ?? "backlog",
      priority: task.priority ?? "medium",
      assignees: task.assignees ?? [],
      labels: task.labels ?? [],
      story_points: task.story_points ?? null,
      due_date: task.due_date ?? null,
      sprint_id: task.sprint_id ?? null,
      parent: task.parent ?? null,
      position: `${last?.position ?? ""}~`,
      comment_count: 0,
      attachment_count: 0,
      subtask_done: 0,
      subtask_count: 0,
      blocked: false,
      blocked_by: [],
      archived: false,
      column_since: now,
      version: 0,
      updated_at: now,
    },
  });
  try {
    const made = await answer(
      api.POST("/api/projects/{project}/tasks", {
        params: { path: { project }, header: once() },
        body: { board_id: board, ...task },
      }),
    );
    updateBoard(board, (known) => putCard(known, cardFrom(made)));
    announce(`${made.key} created`);
    return made;
  } finally {
    undraw();
  }
}
