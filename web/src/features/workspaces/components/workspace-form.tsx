import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem, TextField } from "@/components/ui/field";
import { useAuth } from "@/data/session/auth-context";
import { answer, api, once } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { slugFrom } from "@/lib/slug";

/** Makes a workspace and opens it. */
export function WorkspaceForm({ onDone }: { onDone: () => void }) {
  const { switchWorkspace } = useAuth();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const slug = ownSlug ?? slugFrom(name);

  const create = useMutation({
    mutationFn: async () => {
      const made = await answer(
        api.POST("/api/workspaces", { params: { header: once() }, body: { name, slug } }),
      );
      await switchWorkspace(made.id);
    },
    onSuccess: onDone,
  });

  const errors = fieldErrors(create.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(create.error, ["name", "slug"])}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.name}
        hint="Usually your team or company."
      />
      <TextField
        label="Short name"
        required
        value={slug}
        onChange={(event) => setOwnSlug(event.target.value)}
        error={errors.slug}
        hint="Lowercase letters, digits and hyphens. Used in links."
      />
      <Button type="submit" look="primary" size="large" busy={create.isPending}>
        Create workspace
      </Button>
    </form>
  );
}
