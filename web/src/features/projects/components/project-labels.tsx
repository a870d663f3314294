import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, Tag, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, TextField } from "@/components/ui/field";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { classNames } from "@/lib/class-names";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Label } from "@/lib/api/types";
import { labelsQuery } from "@/data/projects/projects";

const colors: readonly { value: string; name: string }[] = [
  { value: "#64748b", name: "Slate" },
  { value: "#dc2626", name: "Red" },
  { value: "#ea580c", name: "Orange" },
  { value: "#ca8a04", name: "Yellow" },
  { value: "#16a34a", name: "Green" },
  { value: "#0d9488", name: "Teal" },
  { value: "#2563eb", name: "Blue" },
  { value: "#7c3aed", name: "Violet" },
  { value: "#db2777", name: "Pink" },
];

/** A project's labels, to be made, renamed, coloured and removed. */
export function ProjectLabels({ project, editable }: { project: string; editable: boolean }) {
  const labels = useQuery(labelsQuery(project));
  const [editing, setEditing] = useState<Label | "new" | null>(null);
  const [deleting, setDeleting] = useState<Label | null>(null);
  const cache = useQueryClient();
  const changed = () => {
    void cache.invalidateQueries({ queryKey: labelsQuery(project).queryKey });
    // Cards show labels, so boards that are in memory are read again when they are next looked at.
    void cache.invalidateQueries({ queryKey: ["boards"] });
  };
  const remove = useMutation({
    mutationFn: (label: Label) =>
      answer(
        api.DELETE("/api/projects/{project}/labels/{label_id}", {
          params: { path: { project, label_id: label.id } },
        }),
      ),
    onSuccess: (_, label) => {
      setDeleting(null);
      changed();
      toast(`Deleted the label ${label.name}`);
    },
  });
  const add = (
    <Button onClick={() => setEditing("new")}>
      <Plus size={14} aria-hidden />
      New label
    </Button>
  );
  return (
    <section>
      <SectionHead title="Labels" action={editable && labels.data?.length ? add : null}>
        Labels show what kind of work a task is.
      </SectionHead>
      {labels.isPending && <SkeletonRows rows={3} label="Loading labels" />}
      {labels.isError && !labels.data && (
        <Failure error={labels.error} title="The labels did not load" onRetry={() => void labels.refetch()} />
      )}
      {labels.data?.length === 0 && (
        <Empty icon={<Tag size={22} aria-hidden />} title="No labels yet" action={editable && add}>
          For example Bug, Design or Customer request.
        </Empty>
      )}
      <ul className="divide-line divide-y">
        {labels.data?.map((label) => (
          <li key={label.id} className="flex min-h-11 items-center gap-3">
            <span aria-hidden className="size-3 shrink-0 rounded-full" style={{ background: label.color }} />
            {editable ? (
              <button
                type="button"
                className="min-w-0 flex-1 truncate py-2 text-left hover:underline"
                onClick={() => setEditing(label)}
              >
                {label.name}
              </button>
            ) : (
              <span className="min-w-0 flex-1 truncate">{label.name}</span>
            )}
            {editable && (
              <IconButton label={`Delete the label ${label.name}`} onClick={() => setDeleting(label)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={editing !== null}
        onOpenChange={(open) => {
          if (!open) setEditing(null);
        }}
        title={editing === "new" ? "New label" : "Edit label"}
      >
        {editing && (
          <LabelForm
            project={project}
            {...(editing === "new" ? {} : { label: editing })}
            onDone={() => {
              setEditing(null);
              changed();
            }}
          />
        )}
      </Dialog>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => {
          remove.reset();
          if (!open) setDeleting(null);
        }}
        title={`Delete the label ${deleting?.name ?? ""}?`}
        description="It is removed from every task that has it."
        confirm="Delete label"
        busy={remove.isPending}
        problem={formError(remove.error, [])}
        onConfirm={() => deleting && remove.mutate(deleting)}
      />
    </section>
  );
}

function LabelForm({ project, label, onDone }: { project: string; label?: Label; onDone: () => void }) {
  const [name, setName] = useState(label?.name ?? "");
  const [color, setColor] = useState(label?.color ?? "#2563eb");
  const save = useMutation({
    mutationFn: () =>
      label
        ? answer(
            api.PATCH("/api/projects/{project}/labels/{label_id}", {
              params: { path: { project, label_id: label.id }, header: unchangedSince(label.version) },
              body: { name, color },
            }),
          )
        : answer(
            api.POST("/api/projects/{project}/labels", {
              params: { path: { project }, header: once() },
              body: { name, color },
            }),
          ),
    onSuccess: onDone,
  });
  const errors = fieldErrors(save.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(save.error, ["name", "color"])}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.name}
      />
      <fieldset>
        <legend className="text-quiet mb-1 font-medium">Colour</legend>
        <div className="flex flex-wrap gap-1.5">
          {colors.map(({ value, name: called }) => (
            <label
              key={value}
              title={called}
              className={classNames(
                "grid size-8 cursor-pointer place-items-center rounded-full border-2 has-focus-visible:outline-2 touch:size-11",
                color === value ? "border-text" : "border-transparent",
              )}
            >
              <input
                type="radio"
                name="color"
                className="sr-only"
                aria-label={called}
                checked={color === value}
                onChange={() => setColor(value)}
              />
              <span aria-hidden className="size-5 rounded-full" style={{ background: value }} />
            </label>
          ))}
        </div>
        {errors.color && <p className="text-danger text-meta mt-1">{errors.color}</p>}
      </fieldset>
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {label ? "Save" : "Create label"}
        </Button>
      </DialogActions>
    </form>
  );
}
