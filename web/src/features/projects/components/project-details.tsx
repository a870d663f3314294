import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { TextArea, TextField } from "@/components/ui/field";
import { SaveForm } from "@/components/ui/save-form";
import { toast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import type { Project } from "@/lib/api/types";
import { projectQuery, projectsQuery } from "@/data/projects/projects";

/** A project's name and description. */
export function ProjectDetails({ project, editable }: { project: Project; editable: boolean }) {
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description ?? "");
  const cache = useQueryClient();
  const { queryKey } = projectQuery(project.key);
  const save = async () => {
    const saved = await answer(
      api.PATCH("/api/projects/{project}", {
        params: { path: { project: project.key }, header: unchangedSince(project.version) },
        body: { name, description },
      }),
    );
    cache.setQueryData(queryKey, saved);
    void cache.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true });
    toast("Saved the project");
  };
  return (
    <section>
      <SectionHead title="Project" />
      <SaveForm
        fields={["name", "description"]}
        editable={editable}
        changed={name !== project.name || description !== (project.description ?? "")}
        save={save}
        reread={() => void cache.invalidateQueries({ queryKey, exact: true })}
      >
        {(errors) => (
          <>
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
          </>
        )}
      </SaveForm>
    </section>
  );
}
