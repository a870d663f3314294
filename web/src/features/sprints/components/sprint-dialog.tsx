import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, TextArea, TextField } from "@/components/ui/field";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Sprint } from "@/lib/api/types";
import { calendarDay } from "@/lib/dates";
import { changeSprint, createSprint } from "@/data/sprints/sprint-writes";
import { nextSprint } from "@/data/sprints/sprint-figures";

interface SprintDialogProps {
  project: string;
  /** The sprint that changes; without one a new one is planned. */
  sprint?: Sprint | undefined;
  /** The project's sprints, from which the next one follows. */
  sprints: readonly Sprint[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Plans a sprint, or changes the plan of one. */
export function SprintDialog({ open, onOpenChange, ...rest }: SprintDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={rest.sprint ? "Edit sprint" : "Plan a sprint"}>
      <SprintForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

const FIELDS = ["name", "goal", "start_date", "end_date", "capacity"];

function SprintForm({
  project,
  sprint,
  sprints,
  onDone,
}: Omit<SprintDialogProps, "open" | "onOpenChange"> & { onDone: () => void }) {
  const [first] = useState(() => sprint ?? { goal: "", ...nextSprint(sprints, calendarDay(new Date())) });
  const [name, setName] = useState(first.name);
  const [goal, setGoal] = useState(first.goal);
  const [start, setStart] = useState(first.start_date);
  const [end, setEnd] = useState(first.end_date);
  const [capacity, setCapacity] = useState(first.capacity?.toString() ?? "");

  const save = useMutation({
    mutationFn: async () => {
      const plan = {
        name,
        goal,
        start_date: start,
        end_date: end,
        capacity: capacity.trim() ? Number(capacity) : null,
      };
      if (!sprint) return createSprint(project, plan);
      const { start_date, ...rest } = plan;
      return changeSprint(sprint, sprint.state === "planned" ? { start_date, ...rest } : rest);
    },
    onSuccess: onDone,
  });
  const errors = fieldErrors(save.error);
  const early = end && start && end < start ? "Is before the sprint starts." : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!early) save.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(save.error, FIELDS)}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.name}
      />
      <TextArea
        label="Goal"
        rows={2}
        placeholder="What should this sprint achieve?"
        value={goal}
        onChange={(event) => setGoal(event.target.value)}
        error={errors.goal}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="First day"
          type="date"
          required
          disabled={sprint !== undefined && sprint.state !== "planned"}
          value={start}
          onChange={(event) => setStart(event.target.value)}
          error={errors.start_date}
        />
        <TextField
          label="Last day"
          type="date"
          required
          min={start}
          value={end}
          onChange={(event) => setEnd(event.target.value)}
          error={errors.end_date ?? early}
        />
      </div>
      <TextField
        label="Capacity"
        type="number"
        min={0}
        inputMode="numeric"
        placeholder="None"
        value={capacity}
        onChange={(event) => setCapacity(event.target.value)}
        error={errors.capacity}
        hint="Points the team can complete in this sprint. The average of recent sprints is a good guide."
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {sprint ? "Save" : "Plan sprint"}
        </Button>
      </DialogActions>
    </form>
  );
}
