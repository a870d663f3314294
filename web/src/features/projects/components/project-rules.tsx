import { useMutation, useQueryClient } from "@tanstack/react-query";
import { SectionHead } from "@/components/layout/page-head";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Project } from "@/lib/api/types";
import { projectQuery } from "@/data/projects/projects";

const rules = [
  {
    rule: "close_parent",
    name: "Close parent tasks automatically",
    about: "When all of its subtasks are done, a task moves to the first done column",
  },
  {
    rule: "track_time",
    name: "Track time automatically",
    about: "Moving a task into progress starts its assignees’ timers, and moving it out stops them",
  },
] as const;

type Rule = (typeof rules)[number]["rule"];

/** What a project does by itself. */
export function ProjectRules({ project, editable }: { project: Project; editable: boolean }) {
  const cache = useQueryClient();
  const { queryKey } = projectQuery(project.key);
  const save = useMutation({
    mutationFn: (change: Partial<Record<Rule, boolean>>) =>
      answer(
        api.PATCH("/api/projects/{project}", {
          params: { path: { project: project.key }, header: unchangedSince(project.version) },
          body: change,
        }),
      ),
    onMutate: (change) => {
      const before = cache.getQueryData(queryKey);
      if (before) cache.setQueryData(queryKey, { ...before, ...change });
      return before;
    },
    onSuccess: (saved) => cache.setQueryData(queryKey, saved),
    onError: (error, _, before) => {
      cache.setQueryData(queryKey, before);
      void cache.invalidateQueries({ queryKey, exact: true });
      problemToast(`The rule was not changed. ${explain(error)}`);
    },
    scope: { id: `project ${project.key}` },
  });
  return (
    <section>
      <SectionHead title="Automation">Changes this project makes on its own.</SectionHead>
      {rules.map(({ rule, name, about }) => (
        <label key={rule} htmlFor={rule} className="flex min-h-12 items-center gap-3 py-1.5">
          <input
            id={rule}
            type="checkbox"
            aria-label={name}
            className="size-4 accent-(--accent)"
            disabled={!editable || save.isPending}
            checked={project[rule]}
            onChange={(event) => save.mutate({ [rule]: event.target.checked })}
          />
          <span className="min-w-0">
            <span className="block font-medium">{name}</span>
            <span className="text-faint text-meta block">{about}</span>
          </span>
        </label>
      ))}
    </section>
  );
}
