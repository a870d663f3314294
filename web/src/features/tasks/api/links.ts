import { queryOptions } from "@tanstack/react-query";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, once } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Relation, TaskLink } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { taskQuery } from "@/data/tasks/task-query";

/** A task's links, by kind. */
export const linksQuery = (task: string) =>
  queryOptions({
    queryKey: ["tasks", task, "links"],
    queryFn: async ({ signal }) => {
      const params = { path: { task } };
      return (await answer(api.GET("/api/tasks/{task}/links", { params, signal }))).items;
    },
  });

function refresh(...tasks: string[]) {
  for (const task of tasks) void queryClient.invalidateQueries({ queryKey: taskQuery(task).queryKey });
}

/** Links two tasks; it shows at once, and goes again where the server refuses. */
export async function addLink(task: string, kind: Relation, other: { key: string; title: string }) {
  const { queryKey } = linksQuery(task);
  const drawn: TaskLink = {
    id: `${kind}.${other.key}`,
    kind,
    task: other.key,
    title: other.title,
    done: false,
  };
  const without = (links: TaskLink[] | undefined) => links?.filter(({ id }) => id !== drawn.id);
  queryClient.setQueryData(queryKey, (links) => links && [...(without(links) ?? []), drawn]);
  try {
    const params = { path: { task }, header: once() };
    await answer(api.POST("/api/tasks/{task}/links", { params, body: { kind, task: other.key } }));
  } catch (error) {
    queryClient.setQueryData(queryKey, without);
    problemToast(`${task} and ${other.key} were not linked. ${explain(error)}`);
  }
  refresh(task, other.key);
}

/** Takes a link away. */
export async function removeLink(task: string, link: TaskLink) {
  const { queryKey } = linksQuery(task);
  const before = queryClient.getQueryData(queryKey);
  queryClient.setQueryData(queryKey, (links) => links?.filter(({ id }) => id !== link.id));
  try {
    const params = { path: { task, link_id: link.id } };
    await answer(api.DELETE("/api/tasks/{task}/links/{link_id}", { params }));
  } catch (error) {
    queryClient.setQueryData(queryKey, before);
    problemToast(`The link to ${link.task} was not removed. ${explain(error)}`);
  }
  refresh(task, link.task);
}
