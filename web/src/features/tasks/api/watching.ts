import { problemToast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Task } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { inTurn } from "@/lib/in-turn";
import { taskQuery } from "@/data/tasks/task-query";

/** Begins or ends watching a task; it shows at once. */
export async function setWatching(task: Task, me: string, watches: boolean) {
  const { queryKey } = taskQuery(task.key);
  const others = task.watchers.filter((id) => id !== me);
  const show = (watchers: string[]) =>
    queryClient.setQueryData(queryKey, (now) => (now ? { ...now, watchers } : now));
  show(watches ? [...others, me] : others);
  const params = { path: { task: task.key } };
  try {
    const answered = await inTurn(task.key, () =>
      watches
        ? answer(api.PUT("/api/tasks/{task}/watch", { params }))
        : answer(api.DELETE("/api/tasks/{task}/watch", { params })),
    );
    queryClient.setQueryData(queryKey, answered);
  } catch (error) {
    show(task.watchers);
    problemToast(`Watching ${task.key} did not change. ${explain(error)}`);
  }
}
