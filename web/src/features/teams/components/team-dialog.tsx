import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField, TextArea, TextField } from "@/components/ui/field";
import { useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Team } from "@/lib/api/types";
import { teamsQuery } from "@/data/people/teams";

/** Makes a team, or changes what it is called and who leads it. */
export function TeamDialog({
  team,
  open,
  onOpenChange,
}: {
  team?: Team;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={team ? `Edit ${team.name}` : "New team"}>
      <TeamForm {...(team ? { team } : {})} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function TeamForm({ team, onDone }: { team?: Team; onDone: () => void }) {
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const members = useQuery(membersQuery(workspace.id)).data ?? [];
  const [name, setName] = useState(team?.name ?? "");
  const [description, setDescription] = useState(team?.description ?? "");
  const [lead, setLead] = useState(team?.lead ?? "");

  const save = useMutation({
    mutationFn: () => {
      const body = { name, description, lead: lead || null };
      if (!team) return answer(api.POST("/api/teams", { params: { header: once() }, body }));
      const params = { path: { team_id: team.id }, header: unchangedSince(team.version) };
      return answer(api.PATCH("/api/teams/{team_id}", { params, body }));
    },
    onSuccess: onDone,
    onSettled: () => void cache.invalidateQueries({ queryKey: teamsQuery(workspace.id).queryKey }),
  });
  const errors = fieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <FormProblem>{formError(save.error, ["name", "description", "lead"])}</FormProblem>
      <TextField
        label="Name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.name}
      />
      <TextArea
        label="Description"
        rows={2}
        maxLength={2000}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
        error={errors.description}
      />
      <SelectField
        label="Lead"
        value={lead}
        onChange={(event) => setLead(event.target.value)}
        error={errors.lead}
      >
        <option value="">Nobody</option>
        {members.map((member) => (
          <option key={member.id} value={member.id}>
            {member.name}
          </option>
        ))}
      </SelectField>
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" busy={save.isPending}>
          {team ? "Save" : "Create team"}
        </Button>
      </DialogActions>
    </form>
  );
}
