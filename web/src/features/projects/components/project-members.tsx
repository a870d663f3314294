import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { SelectField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { ProjectRole } from "@/lib/api/types";
import { projectMembersQuery } from "@/data/projects/projects";
import { projectRoles } from "@/lib/roles";

/** A project's people and what each may do. */
export function ProjectMembers({ project, editable }: { project: string; editable: boolean }) {
  const workspace = useWorkspace();
  const members = useQuery(projectMembersQuery(project));
  const everyone = useQuery({ ...membersQuery(workspace.id), enabled: editable });
  const [adding, setAdding] = useState("");
  const [role, setRole] = useState<ProjectRole>("developer");
  const cache = useQueryClient();

  const changed = () => {
    void cache.invalidateQueries({ queryKey: ["boards"] });
    return cache.invalidateQueries({ queryKey: projectMembersQuery(project).queryKey });
  };
  const put = useMutation({
    mutationFn: ({ user, role: next }: { user: string; role: ProjectRole }) =>
      answer(
        api.PUT("/api/projects/{project}/members/{user_id}", {
          params: { path: { project, user_id: user } },
          body: { role: next },
        }),
      ),
    onSuccess: () => {
      setAdding("");
      return changed();
    },
    onError: (error) => problemToast(`The role was not changed. ${explain(error)}`),
  });
  const remove = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) =>
      answer(
        api.DELETE("/api/projects/{project}/members/{user_id}", {
          params: { path: { project, user_id: id } },
        }),
      ),
    onSuccess: (_, { name }) => {
      toast(`Removed ${name} from this project`);
      return changed();
    },
    onError: (error, { name }) => problemToast(`${name} was not removed. ${explain(error)}`),
  });

  const listed = new Set(members.data?.map(({ user }) => user.id));
  const others = (everyone.data ?? []).filter(({ id }) => !listed.has(id));
  const options = projectRoles.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
  return (
    <section>
      <SectionHead title="People">Workspace owners and admins have full access to every project.</SectionHead>
      {members.isPending && <SkeletonRows rows={3} label="Loading people" />}
      {members.isError && !members.data && (
        <Failure
          error={members.error}
          title="The people did not load"
          onRetry={() => void members.refetch()}
        />
      )}
      <ul className="divide-line divide-y">
        {members.data?.map(({ user, role: has }) => (
          <li key={user.id} className="flex min-h-12 items-center gap-3 py-1.5">
            <Avatar person={user} size={26} />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{user.name}</p>
              {user.email && <p className="text-faint text-meta truncate">{user.email}</p>}
            </div>
            {editable ? (
              <>
                <SelectField
                  label={`Role of ${user.name}`}
                  hideLabel
                  className="w-32"
                  value={put.isPending && put.variables.user === user.id ? put.variables.role : has}
                  onChange={(event) => put.mutate({ user: user.id, role: event.target.value as ProjectRole })}
                >
                  {options}
                </SelectField>
                <IconButton
                  label={`Remove ${user.name}`}
                  disabled={remove.isPending && remove.variables.id === user.id}
                  onClick={() => remove.mutate(user)}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </>
            ) : (
              <span className="text-quiet">{projectRoles.find(({ id }) => id === has)?.name}</span>
            )}
          </li>
        ))}
      </ul>
      {editable && others.length > 0 && (
        <form
          className="mt-4 flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (adding) put.mutate({ user: adding, role });
          }}
        >
          <SelectField
            label="Add a person"
            className="min-w-48 flex-1"
            value={adding}
            onChange={(event) => setAdding(event.target.value)}
          >
            <option value="">Choose</option>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Role"
            className="w-32"
            value={role}
            onChange={(event) => setRole(event.target.value as ProjectRole)}
          >
            {options}
          </SelectField>
          <Button type="submit" className="h-9" disabled={!adding} busy={put.isPending}>
            Add
          </Button>
        </form>
      )}
    </section>
  );
}
