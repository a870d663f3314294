import { problemToast, toast } from "@/components/ui/toast-store";
import { announce } from "@/lib/announce";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { explain, ProblemError } from "@/lib/api/problem";
import type { Category, Column } from "@/lib/api/types";
import { rankBetween } from "@/lib/rank";
import { putColumn, removeColumn } from "@/data/boards/board-state";
import { drawWrite } from "@/data/boards/pending-store";
import { boardView } from "@/data/boards/use-board";
import { boardState, rereadBoard, updateBoard } from "@/data/boards/board-query";

/** What can be set of a column. */
export interface ColumnFields {
  name: string;
  category: Category;
  wip_limit: number | null;
}

/** Makes a column at the right end of a board. */
export async function addColumn(board: string, { wip_limit, ...fields }: ColumnFields): Promise<Column> {
  const column = await answer(
    api.POST("/api/boards/{board_id}/columns", {
      params: { path: { board_id: board }, header: once() },
      body: { ...fields, ...(wip_limit === null ? {} : { wip_limit }) },
    }),
  );
  updateBoard(board, (known) => putColumn(known, column));
  return column;
}

/** Changes a column's name, category or limit. */
export async function changeColumn(board: string, column: Column, fields: ColumnFields): Promise<void> {
  const changed = await answer(
    api.PATCH("/api/boards/{board_id}/columns/{column_id}", {
      params: { path: { board_id: board, column_id: column.id }, header: unchangedSince(column.version) },
      body: fields,
    }),
  );
  updateBoard(board, (known) => putColumn(known, changed));
  // A new category is a new status for every card in it.
  if (fields.category !== column.category) await rereadBoard(board);
}

/** Takes a column away, its cards going to another one. */
export async function deleteColumn(board: string, column: string, moveTo: string | null): Promise<void> {
  await answer(
    api.DELETE("/api/boards/{board_id}/columns/{column_id}", {
      params: {
        path: { board_id: board, column_id: column },
        query: moveTo === null ? {} : { move_to: moveTo },
      },
    }),
  );
  if (moveTo === null) updateBoard(board, (known) => removeColumn(known, column));
  else await rereadBoard(board);
}

/** Puts a column at another place, 0 being the left end; it shows at once. */
export async function moveColumn(board: string, column: string, to: number, undoing = false): Promise<void> {
  const view = boardView(board);
  const moved = view?.columns.find(({ id }) => id === column);
  if (!view || !moved) return;
  const from = view.columns.indexOf(moved);
  if (from === to) return;
  const others = view.columns.filter(({ id }) => id !== column);
  const position = rankBetween(others[to - 1]?.position ?? null, others[to]?.position ?? null);
  const undraw = drawWrite(board, { kind: "column", column, change: { position } });
  announce(`Column ${moved.name} moved to place ${to + 1} of ${view.columns.length}`);
  try {
    const version = boardState(board)?.columns.find(({ id }) => id === column)?.version ?? moved.version;
    const changed = await answer(
      api.PATCH("/api/boards/{board_id}/columns/{column_id}", {
        params: { path: { board_id: board, column_id: column }, header: unchangedSince(version) },
        body: { position: to },
      }),
    );
    updateBoard(board, (known) => putColumn(known, changed));
    if (!undoing) {
      toast(`Moved the column ${moved.name}`, {
        action: { label: "Undo", run: () => void moveColumn(board, column, from, true) },
      });
    }
  } catch (error) {
    if (error instanceof ProblemError && [404, 409, 412].includes(error.status)) void rereadBoard(board);
    problemToast(`The column ${moved.name} was not moved. ${explain(error)}`);
  } finally {
    undraw();
  }
}
