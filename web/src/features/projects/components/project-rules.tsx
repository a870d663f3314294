import { useMutation, useQueryClient } from "@tanstack/react-query";
import { SectionHead } from "@/app/layout/page-head";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Project } from "@/lib/api/types";
import { projectQuery } from "../api/projects";

/** What a project does by itself. */
export function ProjectRules({ project, editable }: { project: Project; editable: boolean }) {
  const cache = useQueryClient();
  const { queryKey } = projectQuery(project.key);
  const save = useMutation({
    mutationFn: (close_parent: boolean) =>
      answer(
        api.PATCH("/api/projects/{project}", {
          params: { path: { project: project.key }, header: unchangedSince(project.version) },
          body: { close_parent },
        }),
      ),
    onMutate: (close_parent) => {
      const before = cache.getQueryData(queryKey);
      if (before) cache.setQueryData(queryKey, { ...before, close_parent });
      return before;
    },
    onSuccess: (saved) => cache.setQueryData(queryKey, saved),
    onError: (error, _, before) => {
      cache.setQueryData(queryKey, before);
      void cache.invalidateQueries({ queryKey, exact: true });
      problemToast(`That was not switched. ${explain(error)}`);
    },
    scope: { id: `project ${project.key}` },
  });
  return (
    <section>
      <SectionHead title="By itself">What happens in this project without anybody doing it.</SectionHead>
      <label htmlFor="close-parent" className="flex min-h-12 items-center gap-3 py-1.5">
        <input
          id="close-parent"
          type="checkbox"
          aria-label="Close a task with its last subtask"
          className="size-4 accent-(--accent)"
          disabled={!editable || save.isPending}
          checked={project.close_parent}
          onChange={(event) => save.mutate(event.target.checked)}
        />
        <span className="min-w-0">
          <span className="block font-medium">Close a task with its last subtask</span>
          <span className="text-faint text-meta block">
            Once all of its subtasks are done, a task moves to the first column for what is done
          </span>
        </span>
      </label>
    </section>
  );
}
