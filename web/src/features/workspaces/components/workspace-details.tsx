import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { SectionHead } from "@/app/layout/page-head";
import { Button } from "@/components/ui/button";
import { FormProblem, TextField } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { useAccount, useAuth } from "@/features/auth/auth-context";
import { answer, api, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError, ProblemError } from "@/lib/api/problem";
import type { Workspace } from "@/lib/api/types";
import { workspaceQuery } from "../api/workspace";

/** What the workspace is called, and its short name in addresses. */
export function WorkspaceDetails({ workspace, editable }: { workspace: Workspace; editable: boolean }) {
  const [name, setName] = useState(workspace.name);
  const [slug, setSlug] = useState(workspace.slug);
  const cache = useQueryClient();
  const account = useAccount();
  const { updateAccount } = useAuth();
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/api/workspaces/{workspace_id}", {
          params: { path: { workspace_id: workspace.id }, header: unchangedSince(workspace.version) },
          body: { name, slug },
        }),
      ),
    onSuccess: (saved) => {
      cache.setQueryData(workspaceQuery(workspace.id).queryKey, saved);
      const renamed = { name: saved.name, slug: saved.slug };
      updateAccount({
        workspace: account.workspace && { ...account.workspace, ...renamed },
        workspaces: account.workspaces.map((other) =>
          other.id === saved.id ? { ...other, ...renamed } : other,
        ),
      });
      toast("Saved the workspace");
    },
    onError: (error) => {
      // What was typed stays; the next save then starts from what the other person made of it.
      if (error instanceof ProblemError && error.status === 412) {
        void cache.invalidateQueries({ queryKey: workspaceQuery(workspace.id).queryKey, exact: true });
      }
    },
  });
  const errors = fieldErrors(save.error);
  const changed = name !== workspace.name || slug !== workspace.slug;
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section>
      <SectionHead title="Workspace" />
      <form onSubmit={send} noValidate className="flex max-w-[480px] flex-col gap-4">
        <FormProblem>{formError(save.error, ["name", "slug"])}</FormProblem>
        <TextField
          label="Name"
          value={name}
          readOnly={!editable}
          onChange={(event) => setName(event.target.value)}
          error={errors.name}
        />
        <TextField
          label="Short name"
          hint="People sign in to the workspace by it. Another one frees the old one for others."
          value={slug}
          readOnly={!editable}
          onChange={(event) => setSlug(event.target.value)}
          error={errors.slug}
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
