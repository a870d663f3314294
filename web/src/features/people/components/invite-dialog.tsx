import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField, TextField } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { projectsQuery } from "@/data/projects/projects";
import { projectRoles, workspaceRoles } from "@/lib/roles";
import { answer, api, once } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { ProjectRole, WorkspaceRole } from "@/lib/api/types";
import { invitesQuery } from "@/data/people/people";

/** Has an invitation mailed to someone. */
export function InviteDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { name } = useWorkspace();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Invite someone to ${name}`}>
      <InviteForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const { id: workspace } = useWorkspace();
  const projects = useQuery(projectsQuery);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<WorkspaceRole>("member");
  const [chosen, setChosen] = useState<ReadonlyMap<string, ProjectRole>>(new Map());
  const cache = useQueryClient();
  const invite = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/workspaces/{workspace_id}/invites", {
          params: { path: { workspace_id: workspace }, header: once() },
          body: {
            email,
            role,
            ...(chosen.size
              ? { projects: [...chosen].map(([project, has]) => ({ project, role: has })) }
              : {}),
          },
        }),
      ),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: invitesQuery(workspace).queryKey });
      toast(`Invitation sent to ${email}`);
      onDone();
    },
  });
  const errors = fieldErrors(invite.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  const choose = (project: string, next: ProjectRole | null) => {
    const map = new Map(chosen);
    if (next) map.set(project, next);
    else map.delete(project);
    setChosen(map);
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(invite.error, ["email", "role"])}</FormProblem>
      <TextField
        label="Email"
        type="email"
        autoFocus
        required
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
      />
      <SelectField
        label="Role"
        value={role}
        onChange={(event) => setRole(event.target.value as WorkspaceRole)}
        error={errors.role}
      >
        {workspaceRoles
          .filter(({ id }) => id !== "owner")
          .map(({ id, name, may }) => (
            <option key={id} value={id}>
              {name}: {may}
            </option>
          ))}
      </SelectField>
      {(projects.data?.length ?? 0) > 0 && (
        <fieldset>
          <legend className="text-quiet mb-1 font-medium">Projects</legend>
          <ul className="border-line divide-line max-h-52 divide-y overflow-y-auto rounded-small border">
            {projects.data?.map(({ key, name }) => (
              <li key={key} className="flex min-h-10 items-center gap-2 px-2.5 touch:min-h-11">
                <label className="flex min-w-0 flex-1 items-center gap-2 py-2">
                  <input
                    type="checkbox"
                    className="accent-(--accent) size-4"
                    checked={chosen.has(key)}
                    onChange={(event) => choose(key, event.target.checked ? "developer" : null)}
                  />
                  <span className="truncate">{name}</span>
                </label>
                {chosen.has(key) && (
                  <select
                    aria-label={`Role in ${name}`}
                    value={chosen.get(key)}
                    onChange={(event) => choose(key, event.target.value as ProjectRole)}
                    className="border-field-line bg-surface h-7 rounded-small border px-1 touch:h-11"
                  >
                    {projectRoles.map(({ id, name: called }) => (
                      <option key={id} value={id}>
                        {called}
                      </option>
                    ))}
                  </select>
                )}
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={invite.isPending}>
          Send invitation
        </Button>
      </DialogActions>
    </form>
  );
}
