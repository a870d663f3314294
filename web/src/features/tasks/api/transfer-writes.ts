import { updateBoard } from "@/data/boards/board-query";
import { putCard, removeCard } from "@/data/boards/board-state";
import { announce } from "@/lib/announce";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import type { Task } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { cardFrom } from "@/data/tasks/merge";
import { inTurn } from "@/lib/in-turn";
import { taskQuery } from "@/data/tasks/task-query";

/** Moves a task to a board of another project, or to another one of its own. Throws where the server refuses. */
export async function transferTask(task: Task, to: { project: string; board_id: string }): Promise<Task> {
  const moved = await inTurn(task.key, () =>
    answer(
      api.POST("/api/tasks/{task}/transfer", {
        params: { path: { task: task.key }, header: { ...once(), ...unchangedSince(task.version) } },
        body: to,
      }),
    ),
  );
  queryClient.setQueryData(taskQuery(moved.key).queryKey, moved);
  updateBoard(task.board_id, (known) => removeCard(known, task.key, moved.version));
  updateBoard(moved.board_id, (known) => putCard(known, cardFrom(moved)));
  announce(moved.key === task.key ? `${task.key} moved` : `${task.key} moved, and is ${moved.key} now`);
  return moved;
}
