import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { TextField } from "@/components/ui/field";
import { SaveForm } from "@/components/ui/save-form";
import { toast } from "@/components/ui/toast-store";
import { useAccount, useAuth } from "@/data/session/auth-context";
import { answer, api, unchangedSince } from "@/lib/api/client";
import type { Workspace } from "@/lib/api/types";
import { workspaceQuery } from "../api/workspace";

/** What the workspace is called, and its short name in addresses. */
export function WorkspaceDetails({ workspace, editable }: { workspace: Workspace; editable: boolean }) {
  const [name, setName] = useState(workspace.name);
  const [slug, setSlug] = useState(workspace.slug);
  const cache = useQueryClient();
  const account = useAccount();
  const { updateAccount } = useAuth();
  const { queryKey } = workspaceQuery(workspace.id);
  const save = async () => {
    const saved = await answer(
      api.PATCH("/api/workspaces/{workspace_id}", {
        params: { path: { workspace_id: workspace.id }, header: unchangedSince(workspace.version) },
        body: { name, slug },
      }),
    );
    cache.setQueryData(queryKey, saved);
    const renamed = { name: saved.name, slug: saved.slug };
    updateAccount({
      workspace: account.workspace && { ...account.workspace, ...renamed },
      workspaces: account.workspaces.map((other) =>
        other.id === saved.id ? { ...other, ...renamed } : other,
      ),
    });
    toast("Saved the workspace");
  };
  return (
    <section>
      <SectionHead title="Workspace" />
      <SaveForm
        fields={["name", "slug"]}
        editable={editable}
        changed={name !== workspace.name || slug !== workspace.slug}
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
            <TextField
              label="Short name"
              hint="Used to sign in to the workspace. Changing it frees the old name for others."
              value={slug}
              readOnly={!editable}
              onChange={(event) => setSlug(event.target.value)}
              error={errors.slug}
            />
          </>
        )}
      </SaveForm>
    </section>
  );
}
