import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { workspaceRoles } from "@/lib/roles";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { fromNow } from "@/lib/dates";
import type { Invite } from "@/lib/api/types";
import { invitesQuery } from "@/data/people/people";

/** The invitations that nobody has accepted yet. */
export function OpenInvites({ onInvite }: { onInvite: () => void }) {
  const { id: workspace } = useWorkspace();
  const invites = useQuery(invitesQuery(workspace));
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: (invite: Invite) =>
      answer(
        api.DELETE("/api/workspaces/{workspace_id}/invites/{invite_id}", {
          params: { path: { workspace_id: workspace, invite_id: invite.id } },
        }),
      ),
    onSuccess: (_, invite) => {
      toast(`Revoked the invitation for ${invite.email}`);
      return cache.invalidateQueries({ queryKey: invitesQuery(workspace).queryKey });
    },
    onError: (error, invite) =>
      problemToast(`The invitation for ${invite.email} was not revoked. ${explain(error)}`),
  });
  return (
    <section className="mt-10">
      <SectionHead title="Invitations">Invitations expire after seven days.</SectionHead>
      {invites.isPending && <SkeletonRows rows={2} label="Loading invitations" />}
      {invites.isError && !invites.data && (
        <Failure
          error={invites.error}
          title="The invitations did not load"
          onRetry={() => void invites.refetch()}
        />
      )}
      {invites.data?.length === 0 && (
        <Empty
          icon={<Mail size={22} aria-hidden />}
          title="No open invitations"
          action={<Button onClick={onInvite}>Invite someone</Button>}
        >
          People you invite get an email with a link.
        </Empty>
      )}
      <ul className="divide-line divide-y">
        {invites.data?.map((invite) => (
          <li key={invite.id} className="flex min-h-12 items-center gap-3 py-1.5">
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{invite.email}</p>
              <p className="text-faint text-meta truncate">
                {workspaceRoles.find(({ id }) => id === invite.role)?.name}
                {invite.projects?.length
                  ? ` in ${invite.projects.map(({ project }) => project).join(", ")}`
                  : ""}
                {`, expires ${fromNow(invite.expires_at)}`}
              </p>
            </div>
            <Button
              size="small"
              busy={revoke.isPending && revoke.variables.id === invite.id}
              onClick={() => revoke.mutate(invite)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
