import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link, useLocation } from "react-router";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { boxClass } from "@/components/ui/field";
import { problemToast } from "@/components/ui/toast-store";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { classNames } from "@/lib/class-names";
import { queryClient } from "@/lib/query-client";
import type { Task } from "@/lib/api/types";
import { taskQuery } from "@/data/tasks/task-query";
import { createTask, moveCard } from "@/data/tasks/task-writes";

/** The parts of a task: how many are done, a box to check each off, and a line to add the next. */
export function TaskSubtasks({ task, editable }: { task: Task; editable: boolean }) {
  const { board, project } = useOpenBoard();
  const view = useBoardView();
  const { search } = useLocation();
  const parts = useQuery({
    queryKey: ["tasks", task.key, "parts"],
    queryFn: async ({ signal }) => {
      const params = { path: { project: task.project }, query: { parent: task.key, limit: 100 } };
      return (await answer(api.GET("/api/projects/{project}/tasks", { params, signal }))).items;
    },
  });
  const listed = (parts.data ?? []).map((part) => ({ ...part, ...view.cards.get(part.key) }));
  const done = listed.filter(({ status }) => status === "done").length;
  if (task.parent || (listed.length === 0 && !editable)) return null;

  const check = (key: string, isDone: boolean) => {
    const target = view.columns.find(({ category }) => (category === "done") !== isDone);
    if (target) void moveCard(board, key, { column: target.id, before: null });
  };
  return (
    <section aria-label="Subtasks" className="border-line mt-6 border-t pt-4">
      <div className="mb-1.5 flex h-7 items-center gap-3">
        <h3 className="font-semibold">Subtasks</h3>
        {listed.length > 0 && (
          <>
            <span className="text-quiet tabular-nums">
              {done} of {listed.length} done
            </span>
            <progress
              aria-label="Subtasks done"
              value={done}
              max={listed.length}
              className="[&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-column [&::-webkit-progress-value]:bg-accent h-1 w-24 overflow-hidden rounded-full"
            />
          </>
        )}
      </div>
      <ul>
        {listed.map((part) => {
          const isDone = part.status === "done";
          const here = view.cards.has(part.key);
          return (
            <li key={part.key} className="flex min-h-8 items-center gap-2 touch:min-h-11">
              <input
                type="checkbox"
                aria-label={`${part.key} is done`}
                checked={isDone}
                disabled={!editable || !here}
                onChange={() => check(part.key, isDone)}
                className="accent-accent size-4"
              />
              <span className="text-faint shrink-0 tabular-nums">{part.key}</span>
              {here ? (
                <Link
                  to={paths.task(project, board, part.key) + search}
                  className={classNames("truncate hover:underline", isDone && "text-quiet line-through")}
                >
                  {part.title}
                </Link>
              ) : (
                <span className="truncate">{part.title}</span>
              )}
            </li>
          );
        })}
      </ul>
      {editable && <AddSubtask task={task} />}
    </section>
  );
}

function AddSubtask({ task }: { task: Task }) {
  const { board, project } = useOpenBoard();
  const view = useBoardView();
  const [title, setTitle] = useState("");
  const [saving, setSaving] = useState(false);
  const column = view.columns.find(({ category }) => category !== "done") ?? view.columns[0];
  const add = (event: FormEvent) => {
    event.preventDefault();
    const text = title.trim();
    if (!text || !column) return;
    setSaving(true);
    setTitle("");
    createTask(board, project, { title: text, column_id: column.id, parent: task.key })
      .then(() => queryClient.invalidateQueries({ queryKey: taskQuery(task.key).queryKey }))
      .catch((error: unknown) => {
        setTitle(text);
        problemToast(`The subtask was not added. ${explain(error)}`);
      })
      .finally(() => setSaving(false));
  };
  return (
    <form onSubmit={add} className="mt-1 flex gap-2">
      <input
        aria-label="New subtask"
        placeholder="Add a subtask"
        value={title}
        maxLength={250}
        onChange={(event) => setTitle(event.target.value)}
        className={`${boxClass} h-8 touch:h-11 max-sm:text-[16px]`}
      />
      <Button type="submit" busy={saving} disabled={!title.trim()}>
        Add
      </Button>
    </form>
  );
}
