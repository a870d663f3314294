import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, TextCursorInput, Trash2 } from "lucide-react";
import { useState, type FormEvent } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField, TextArea, TextField } from "@/components/ui/field";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { explain, formError } from "@/lib/api/problem";
import type { CustomField, FieldKind, ProjectFields as Fields } from "@/lib/api/types";
import { fieldsQuery } from "@/data/projects/fields";

const kindNames: Record<FieldKind, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  select: "Single select",
  person: "Person",
  url: "URL",
};

/** The most fields that cards show. */
const MOST_ON_CARDS = 3;

/** A field as it is sent: one without an id is new. */
type FieldDraft = Omit<CustomField, "id"> & { id?: string };

/** A project's own fields, to be made, changed and removed. */
export function ProjectFields({ project, editable }: { project: string; editable: boolean }) {
  const cache = useQueryClient();
  const query = useQuery(fieldsQuery(project));
  const [editing, setEditing] = useState<FieldDraft | null>(null);
  const [removing, setRemoving] = useState<CustomField | null>(null);
  const known: Fields = query.data ?? { fields: [], version: 0 };
  const save = useMutation({
    mutationFn: (fields: FieldDraft[]) =>
      answer(
        api.PUT("/api/projects/{project}/fields", {
          params: { path: { project }, header: unchangedSince(known.version) },
          body: { fields },
        }),
      ),
    onSuccess: (answered) => cache.setQueryData(fieldsQuery(project).queryKey, answered),
  });
  const remove = (field: CustomField) =>
    save.mutate(
      known.fields.filter(({ id }) => id !== field.id),
      {
        onSuccess: () => {
          setRemoving(null);
          toast(`Removed the field ${field.name}`);
        },
      },
    );
  const onCards = known.fields.filter(({ on_card }) => on_card).length;
  const showOnCards = (field: CustomField, on_card: boolean) => {
    const { queryKey } = fieldsQuery(project);
    const before = cache.getQueryData(queryKey);
    const fields = known.fields.map((other) => (other.id === field.id ? { ...other, on_card } : other));
    cache.setQueryData(queryKey, { ...known, fields });
    save.mutate(fields, {
      onError: (error) => {
        cache.setQueryData(queryKey, before);
        void cache.invalidateQueries({ queryKey });
        problemToast(`The field was not changed. ${explain(error)}`);
      },
    });
  };
  const add = (
    <Button
      onClick={() => {
        save.reset();
        setEditing({ name: "", kind: "text", options: [], required: false, on_card: false });
      }}
    >
      <Plus size={14} aria-hidden />
      New field
    </Button>
  );
  return (
    <section>
      <SectionHead title="Fields" action={editable && known.fields.length ? add : null}>
        Extra fields for the tasks in this project.
      </SectionHead>
      {query.isPending && <SkeletonRows rows={2} label="Loading fields" />}
      {query.isError && !query.data && (
        <Failure error={query.error} title="The fields did not load" onRetry={() => void query.refetch()} />
      )}
      {query.data?.fields.length === 0 && (
        <Empty
          icon={<TextCursorInput size={22} aria-hidden />}
          title="No custom fields yet"
          action={editable && add}
        >
          For example Customer, Contract or Environment.
        </Empty>
      )}
      <ul className="divide-line divide-y">
        {known.fields.map((field) => (
          <li key={field.id} className="flex min-h-11 items-center gap-3">
            {editable ? (
              <button
                type="button"
                className="min-w-0 flex-1 truncate py-2 text-left hover:underline"
                onClick={() => {
                  save.reset();
                  setEditing(field);
                }}
              >
                {field.name}
              </button>
            ) : (
              <span className="min-w-0 flex-1 truncate">{field.name}</span>
            )}
            <span className="text-quiet">
              {kindNames[field.kind]}
              {field.required && ", needed"}
              {field.on_card && !editable && ", on cards"}
            </span>
            {editable && (
              <>
                <label
                  className="text-quiet flex items-center gap-2 touch:min-h-11"
                  title={
                    onCards >= MOST_ON_CARDS && !field.on_card
                      ? `Cards show at most ${MOST_ON_CARDS} fields`
                      : undefined
                  }
                >
                  <input
                    type="checkbox"
                    role="switch"
                    aria-label={`Show ${field.name} on cards`}
                    className="size-4 accent-(--accent)"
                    checked={field.on_card ?? false}
                    disabled={save.isPending || (onCards >= MOST_ON_CARDS && !field.on_card)}
                    onChange={(event) => showOnCards(field, event.target.checked)}
                  />
                  On cards
                </label>
                <IconButton
                  label={`Remove the field ${field.name}`}
                  onClick={() => {
                    save.reset();
                    setRemoving(field);
                  }}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={editing !== null}
        onOpenChange={(open) => {
          if (!open) setEditing(null);
        }}
        title={editing?.id ? "Edit field" : "New field"}
      >
        {editing && (
          <FieldForm
            field={editing}
            error={save.error}
            busy={save.isPending}
            onCancel={() => setEditing(null)}
            onSave={(field) => {
              const others = known.fields.map((other): FieldDraft => (other.id === field.id ? field : other));
              save.mutate(field.id ? others : [...others, field], { onSuccess: () => setEditing(null) });
            }}
          />
        )}
      </Dialog>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title={`Remove the field ${removing?.name ?? ""}?`}
        description="Tasks keep its values but no longer show them."
        confirm="Remove field"
        busy={save.isPending}
        problem={save.error && formError(save.error, [])}
        onConfirm={() => removing && remove(removing)}
      />
    </section>
  );
}

function FieldForm({
  field,
  error,
  busy,
  onCancel,
  onSave,
}: {
  field: FieldDraft;
  error: Error | null;
  busy: boolean;
  onCancel: () => void;
  onSave: (field: FieldDraft) => void;
}) {
  const [draft, setDraft] = useState(field);
  const [options, setOptions] = useState((field.options ?? []).join("\n"));
  const send = (event: FormEvent) => {
    event.preventDefault();
    const lines = options
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    onSave({ ...draft, options: draft.kind === "select" ? lines : [] });
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{error && formError(error, [])}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
      />
      <SelectField
        label="Kind"
        value={draft.kind}
        disabled={field.id !== undefined}
        hint={field.id ? "The kind cannot be changed. Create a new field instead." : undefined}
        onChange={(event) => setDraft({ ...draft, kind: event.target.value as FieldKind })}
      >
        {Object.entries(kindNames).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      {draft.kind === "select" && (
        <TextArea
          label="Options"
          hint="One per line."
          rows={4}
          value={options}
          onChange={(event) => setOptions(event.target.value)}
        />
      )}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={draft.required ?? false}
          onChange={(event) => setDraft({ ...draft, required: event.target.checked })}
          className="accent-accent size-4"
        />
        Required for new tasks
      </label>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" look="primary" busy={busy}>
          {field.id ? "Save" : "Create field"}
        </Button>
      </DialogActions>
    </form>
  );
}
