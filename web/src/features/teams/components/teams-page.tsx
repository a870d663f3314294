import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Crown, Ellipsis, Pencil, Plus, Trash2, UserPlus, UsersRound, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { PageBody, PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { floatingClass, Menu, MenuItem } from "@/components/ui/menu";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { OptionList } from "@/components/ui/option-list";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Team, WorkspaceMember } from "@/lib/api/types";
import { teamsQuery } from "@/data/people/teams";
import { TeamDialog } from "./team-dialog";

/** The teams of a workspace and who is in them. */
export function TeamsPage() {
  const workspace = useWorkspace();
  const teams = useQuery(teamsQuery(workspace.id));
  const members = useQuery(membersQuery(workspace.id));
  const [creating, setCreating] = useState(false);
  const create = workspace.manages && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      New team
    </Button>
  );
  return (
    <>
      <PageHead actions={create}>
        <PageTitle>Teams</PageTitle>
      </PageHead>
      <PageBody>
        {teams.isPending && <SkeletonRows rows={4} label="Loading teams" />}
        {teams.isError && !teams.data && (
          <Failure error={teams.error} title="The teams did not load" onRetry={() => void teams.refetch()} />
        )}
        {teams.data?.length === 0 && (
          <Empty
            icon={<UsersRound size={28} aria-hidden />}
            title="No teams yet"
            action={
              workspace.manages && (
                <Button look="primary" onClick={() => setCreating(true)}>
                  Create a team
                </Button>
              )
            }
          >
            A team is a group of people who work together across projects. Figures can be filtered by team.
          </Empty>
        )}
        <div className="flex flex-col gap-8">
          {teams.data?.map((team) => (
            <TeamSection
              key={team.id}
              team={team}
              members={members.data}
              workspace={workspace.id}
              manages={workspace.manages}
            />
          ))}
        </div>
      </PageBody>
      <TeamDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}

function TeamSection({
  team,
  members,
  workspace,
  manages,
}: {
  team: Team;
  /** Everybody in the workspace; none while they are on their way. */
  members: readonly WorkspaceMember[] | undefined;
  workspace: string;
  manages: boolean;
}) {
  const cache = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const [adding, setAdding] = useState(false);
  const key = teamsQuery(workspace).queryKey;
  const people = team.members.flatMap((id) => members?.find((member) => member.id === id) ?? []);

  const setMember = useMutation({
    mutationFn: ({ person, inside }: { person: string; inside: boolean }) => {
      const params = { path: { team_id: team.id, user_id: person } };
      return inside
        ? answer(api.PUT("/api/teams/{team_id}/members/{user_id}", { params }))
        : answer(api.DELETE("/api/teams/{team_id}/members/{user_id}", { params }));
    },
    onMutate: async ({ person, inside }) => {
      await cache.cancelQueries({ queryKey: key });
      const before = cache.getQueryData(key);
      const changed = (others: string[]) =>
        inside ? [...others, person] : others.filter((id) => id !== person);
      cache.setQueryData(key, (teams) =>
        teams?.map((other) => (other.id === team.id ? { ...other, members: changed(other.members) } : other)),
      );
      return { before };
    },
    onError: (error, _, context) => {
      cache.setQueryData(key, context?.before);
      problemToast(`The team was not changed. ${explain(error)}`);
    },
    onSettled: () => void cache.invalidateQueries({ queryKey: key }),
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/teams/{team_id}", { params: { path: { team_id: team.id } } })),
    onSuccess: () => {
      setDeleting(false);
      toast(`Deleted the team ${team.name}`);
    },
    onError: (error) => problemToast(`The team was not deleted. ${explain(error)}`),
    onSettled: () => void cache.invalidateQueries({ queryKey: key }),
  });

  return (
    <section aria-label={team.name}>
      <SectionHead
        title={team.name}
        action={
          manages && (
            <div className="flex items-center gap-1">
              <Popover.Root open={adding} onOpenChange={setAdding}>
                <Popover.Trigger asChild>
                  <Button size="small">
                    <UserPlus size={14} aria-hidden />
                    Add people
                  </Button>
                </Popover.Trigger>
                <Popover.Portal>
                  <Popover.Content
                    aria-label={`People of ${team.name}`}
                    align="end"
                    sideOffset={4}
                    collisionPadding={8}
                    className={`${floatingClass} p-0`}
                  >
                    <OptionList
                      label="People"
                      placeholder="Add to the team"
                      empty="No matching people."
                      options={(members ?? []).map((member) => ({
                        id: member.id,
                        name: member.name,
                        icon: <Avatar person={member} />,
                        chosen: team.members.includes(member.id),
                      }))}
                      onChoose={(person) =>
                        setMember.mutate({ person, inside: !team.members.includes(person) })
                      }
                    />
                  </Popover.Content>
                </Popover.Portal>
              </Popover.Root>
              <Menu
                align="end"
                trigger={
                  <IconButton label={`Actions for ${team.name}`}>
                    <Ellipsis size={16} aria-hidden />
                  </IconButton>
                }
              >
                <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => setEditing(true)}>
                  Edit
                </MenuItem>
                <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setDeleting(true)}>
                  Delete
                </MenuItem>
              </Menu>
            </div>
          )
        }
      >
        {team.description}
      </SectionHead>
      {!members && team.members.length > 0 ? (
        <SkeletonRows rows={team.members.length} label={`Loading the people of ${team.name}`} />
      ) : people.length === 0 ? (
        <p className="text-faint">Nobody is in this team yet.</p>
      ) : (
        <ul className="divide-line border-line divide-y border-y">
          {people.map((person) => (
            <li key={person.id} className="flex min-h-11 items-center gap-3 py-1">
              <Avatar person={person} size={24} />
              <p className="min-w-0 flex-1 truncate">{person.name}</p>
              {team.lead === person.id && (
                <span className="text-quiet flex items-center gap-1">
                  <Crown size={13} aria-hidden />
                  Lead
                </span>
              )}
              {manages && (
                <IconButton
                  label={`Remove ${person.name} from ${team.name}`}
                  onClick={() => setMember.mutate({ person: person.id, inside: false })}
                >
                  <X size={14} aria-hidden />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      <TeamDialog team={team} open={editing} onOpenChange={setEditing} />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${team.name}?`}
        description="Its members and their work stay in the workspace."
        confirm="Delete"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </section>
  );
}
