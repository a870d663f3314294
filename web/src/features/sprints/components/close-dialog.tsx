import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { formError } from "@/lib/api/problem";
import type { ReportedTask, Sprint } from "@/lib/api/types";
import { closeSprint } from "@/data/sprints/sprint-writes";
import { reportQuery, sprintsQuery } from "@/data/sprints/sprints";

/** Asks where what is not done goes, and closes the sprint. */
export function CloseDialog({
  sprint,
  open,
  onOpenChange,
  onClosed,
}: {
  sprint: Sprint;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onClosed?: () => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Close ${sprint.name}`} wide>
      <CloseForm
        sprint={sprint}
        onCancel={() => onOpenChange(false)}
        onClosed={() => {
          onOpenChange(false);
          onClosed?.();
        }}
      />
    </Dialog>
  );
}

function CloseForm({
  sprint,
  onCancel,
  onClosed,
}: {
  sprint: Sprint;
  onCancel: () => void;
  onClosed: () => void;
}) {
  const report = useQuery({ ...reportQuery(sprint.id), staleTime: 0 });
  const sprints = useQuery(sprintsQuery(sprint.project));
  const open = sprints.data?.filter(({ id, state }) => id !== sprint.id && state !== "closed") ?? [];
  const [unfinished, setUnfinished] = useState("backlog");
  const close = useMutation({
    mutationFn: () => closeSprint(sprint, unfinished),
    onSuccess: ({ completed_points }) => {
      toast(`Closed ${sprint.name} with ${completed_points} points done`);
      onClosed();
    },
  });
  if (report.isError)
    return (
      <Failure error={report.error} title="The sprint did not load" onRetry={() => void report.refetch()} />
    );
  if (!report.data) return <SkeletonRows label="Loading the report" />;
  const { completed, carried_over, completed_points, carried_over_points } = report.data;
  return (
    <div className="flex flex-col gap-4">
      <FormProblem>{formError(close.error, [])}</FormProblem>
      <div className="grid gap-4 sm:grid-cols-2">
        <TaskColumn
          title={`Done, ${completed_points} points`}
          tasks={completed}
          none="Nothing is done yet."
        />
        <TaskColumn
          title={`Not done, ${carried_over_points} points`}
          tasks={carried_over}
          none="Everything is done."
        />
      </div>
      {carried_over.length > 0 && (
        <SelectField
          label="Move unfinished tasks to"
          value={unfinished}
          onChange={(event) => setUnfinished(event.target.value)}
        >
          <option value="backlog">The backlog</option>
          {open.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <p className="text-quiet">The report is saved as it is now and does not change later.</p>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" busy={close.isPending} onClick={() => close.mutate()}>
          Close sprint
        </Button>
      </DialogActions>
    </div>
  );
}

function TaskColumn({ title, tasks, none }: { title: string; tasks: readonly ReportedTask[]; none: string }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 font-medium">{title}</h3>
      {tasks.length === 0 ? (
        <p className="text-quiet">{none}</p>
      ) : (
        <ul className="border-line max-h-56 overflow-y-auto rounded-small border">
          {tasks.map(({ key, title: name, points }) => (
            <li
              key={key}
              className="border-line flex items-center gap-2 border-b px-2.5 py-1.5 last:border-b-0"
            >
              <span className="text-faint text-meta shrink-0 tabular-nums">{key}</span>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-quiet tabular-nums">{points}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
