import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { SectionHead } from "@/app/layout/page-head";
import { Button } from "@/components/ui/button";
import { FormProblem, TextArea, TextField } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError, ProblemError } from "@/lib/api/problem";
import type { Project } from "@/lib/api/types";
import { projectQuery, projectsQuery } from "../api/projects";

/** A project's name and description. */
export function ProjectDetails({ project, editable }: { project: Project; editable: boolean }) {
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description ?? "");
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/api/projects/{project}", {
          params: { path: { project: project.key }, header: unchangedSince(project.version) },
          body: { name, description },
        }),
      ),
    onSuccess: (saved) => {
      cache.setQueryData(projectQuery(project.key).queryKey, saved);
      void cache.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true });
      toast("Saved the project");
    },
    onError: (error) => {
      // What was typed stays; the next save then starts from what the other person made of it.
      if (error instanceof ProblemError && error.status === 412) {
        void cache.invalidateQueries({ queryKey: projectQuery(project.key).queryKey, exact: true });
      }
    },
  });
  const errors = fieldErrors(save.error);
  const changed = name !== project.name || description !== (project.description ?? "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section>
      <SectionHead title="Project" />
      <form onSubmit={send} noValidate className="flex max-w-[480px] flex-col gap-4">
        <FormProblem>{formError(save.error, ["name", "description"])}</FormProblem>
        <TextField
          label="Name"
          value={name}
          readOnly={!editable}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        <TextArea
          label="Description"
          rows={3}
          value={description}
          readOnly={!editable}
          onChange={(event) => setDescription(event.target.value)}
          error={errors.description}
        />
        {editable && (
          <div>
            <Button type="submit" look="primary" disabled={!changed} busy={save.isPending}>
              Save
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}
