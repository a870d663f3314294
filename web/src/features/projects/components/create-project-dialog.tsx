import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, TextArea, TextField } from "@/components/ui/field";
import { answer, api, once } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { classNames } from "@/lib/class-names";
import { projectKeyFrom } from "@/lib/slug";
import { projectsQuery } from "@/data/projects/projects";

const templates = [
  { id: "kanban", name: "Kanban", about: "Work flows from left to right." },
  { id: "scrum", name: "Scrum", about: "Work is planned in sprints." },
  { id: "bugs", name: "Bugs", about: "Reports are triaged and fixed." },
] as const;

/** Makes a project and opens its first board. */
export function CreateProjectDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Create a project">
      <ProjectForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ProjectForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState("");
  const [ownKey, setOwnKey] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const [template, setTemplate] = useState<(typeof templates)[number]["id"]>("kanban");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const key = ownKey ?? projectKeyFrom(name);

  const create = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/projects", {
          params: { header: once() },
          body: { key, name, template, ...(description.trim() ? { description } : {}) },
        }),
      ),
    onSuccess: (project) => {
      void cache.invalidateQueries({ queryKey: projectsQuery.queryKey, exact: true });
      onDone();
      void navigate(
        project.board_id ? paths.board(project.key, project.board_id) : paths.project(project.key),
      );
    },
  });
  const errors = fieldErrors(create.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(create.error, ["name", "key", "description", "template"])}</FormProblem>
      <div className="flex gap-3">
        <TextField
          label="Name"
          autoFocus
          required
          className="flex-1"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        <TextField
          label="Key"
          required
          className="w-24"
          maxLength={10}
          value={key}
          onChange={(event) => setOwnKey(event.target.value.toUpperCase())}
          error={errors.key}
        />
      </div>
      {!errors.key && (
        <p className="text-faint text-meta -mt-3">
          Tasks will be called {key || "KEY"}-1, {key || "KEY"}-2 and so on.
        </p>
      )}
      <TextArea
        label="Description"
        rows={2}
        placeholder="Optional"
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        error={errors.description}
      />
      <fieldset>
        <legend className="text-quiet mb-1 font-medium">Template</legend>
        <div className="grid grid-cols-3 gap-2">
          {templates.map(({ id, name: title, about }) => (
            <label
              key={id}
              className={classNames(
                "flex cursor-pointer flex-col gap-0.5 rounded-card border p-2.5 has-focus-visible:outline-2",
                template === id
                  ? "border-accent-line bg-accent-soft"
                  : "border-line hover:border-line-strong",
              )}
            >
              <input
                type="radio"
                name="template"
                className="sr-only"
                checked={template === id}
                onChange={() => setTemplate(id)}
              />
              <span className="font-medium">{title}</span>
              <span className="text-quiet text-meta">{about}</span>
            </label>
          ))}
        </div>
        {errors.template && <p className="text-danger text-meta mt-1">{errors.template}</p>}
      </fieldset>
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={create.isPending}>
          Create project
        </Button>
      </DialogActions>
    </form>
  );
}
