import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import { PageBody, PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SelectField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useAccount, useWorkspace } from "@/data/session/auth-context";
import { workspaceRoles } from "@/lib/roles";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { WorkspaceMember, WorkspaceRole } from "@/lib/api/types";
import { membersQuery } from "@/data/people/people";
import { InviteDialog } from "./invite-dialog";
import { OpenInvites } from "./open-invites";

/** The people of a workspace and the invitations that are open. */
export function MembersPage() {
  const workspace = useWorkspace();
  const { user } = useAccount();
  const members = useQuery(membersQuery(workspace.id));
  const [inviting, setInviting] = useState(false);
  const [removing, setRemoving] = useState<WorkspaceMember | null>(null);
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: membersQuery(workspace.id).queryKey });

  const changeRole = useMutation({
    mutationFn: ({ id, role }: { id: string; role: WorkspaceRole }) =>
      answer(
        api.PATCH("/api/workspaces/{workspace_id}/members/{user_id}", {
          params: { path: { workspace_id: workspace.id, user_id: id } },
          body: { role },
        }),
      ),
    onSuccess: refresh,
    onError: (error) => problemToast(`The role was not changed. ${explain(error)}`),
  });
  const remove = useMutation({
    mutationFn: (person: WorkspaceMember) =>
      answer(
        api.DELETE("/api/workspaces/{workspace_id}/members/{user_id}", {
          params: { path: { workspace_id: workspace.id, user_id: person.id } },
        }),
      ),
    onSuccess: (_, person) => {
      setRemoving(null);
      toast(`Removed ${person.name} from ${workspace.name}`);
      return refresh();
    },
    onError: (error, person) => problemToast(`${person.name} was not removed. ${explain(error)}`),
  });

  return (
    <>
      <PageHead
        actions={
          workspace.manages && (
            <Button look="primary" onClick={() => setInviting(true)}>
              <UserPlus size={14} aria-hidden />
              Invite
            </Button>
          )
        }
      >
        <PageTitle>Members</PageTitle>
      </PageHead>
      <PageBody>
        <SectionHead title={`People in ${workspace.name}`} />
        {members.isPending && <SkeletonRows rows={5} label="Loading members" />}
        {members.isError && !members.data && (
          <Failure
            error={members.error}
            title="The members did not load"
            onRetry={() => void members.refetch()}
          />
        )}
        <ul className="divide-line divide-y">
          {members.data?.map((person) => {
            const changes = workspace.manages && person.id !== user.id && person.role !== "owner";
            return (
              <li key={person.id} className="flex min-h-13 items-center gap-3 py-1.5">
                <Avatar person={person} size={28} />
                <div className="min-w-0 flex-1">
                  <p className="truncate font-medium">
                    {person.name}
                    {person.id === user.id && <span className="text-faint font-normal"> (you)</span>}
                  </p>
                  {person.email && <p className="text-faint text-meta truncate">{person.email}</p>}
                </div>
                {changes ? (
                  <>
                    <SelectField
                      label={`Role of ${person.name}`}
                      hideLabel
                      className="w-32"
                      value={
                        changeRole.isPending && changeRole.variables.id === person.id
                          ? changeRole.variables.role
                          : person.role
                      }
                      onChange={(event) =>
                        changeRole.mutate({ id: person.id, role: event.target.value as WorkspaceRole })
                      }
                    >
                      {workspaceRoles
                        .filter(({ id }) => id !== "owner")
                        .map(({ id, name }) => (
                          <option key={id} value={id}>
                            {name}
                          </option>
                        ))}
                    </SelectField>
                    <IconButton label={`Remove ${person.name}`} onClick={() => setRemoving(person)}>
                      <Trash2 size={14} aria-hidden />
                    </IconButton>
                  </>
                ) : (
                  <span className="text-quiet">
                    {workspaceRoles.find(({ id }) => id === person.role)?.name}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
        {workspace.manages && <OpenInvites onInvite={() => setInviting(true)} />}
      </PageBody>
      <InviteDialog open={inviting} onOpenChange={setInviting} />
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null);
        }}
        title={`Remove ${removing?.name ?? ""}?`}
        description={`They lose access to ${workspace.name} immediately. Their work stays.`}
        confirm="Remove"
        busy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing)}
      />
    </>
  );
}
