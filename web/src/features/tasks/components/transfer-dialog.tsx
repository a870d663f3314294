import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { fieldsQuery } from "@/data/projects/fields";
import { boardsQuery, labelsQuery, projectsQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { formError } from "@/lib/api/problem";
import type { Task } from "@/lib/api/types";
import { transferTask } from "../api/transfer-writes";
import { leftBehind, staysBecause } from "../transfer";

/** Asks which project and board a task is to go to, and says what it leaves behind. */
export function TransferDialog({
  task,
  open,
  onOpenChange,
}: {
  task: Task;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Move ${task.key} to another board`}
      description="Comments, files, time, links and history move with it."
    >
      <TransferForm task={task} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function TransferForm({ task, onDone }: { task: Task; onDone: () => void }) {
  const navigate = useNavigate();
  const projects = useQuery(projectsQuery);
  const [project, setProject] = useState(task.project);
  const [chosen, setChosen] = useState("");
  const boards = useQuery(boardsQuery(project));
  const others = boards.data?.filter(({ id }) => id !== task.board_id) ?? [];
  const board = others.find(({ id }) => id === chosen) ?? others[0];
  const leaves = project !== task.project;
  const stays = leaves ? staysBecause(task) : null;
  const move = useMutation({
    mutationFn: (board_id: string) => transferTask(task, { project, board_id }),
    onSuccess: (moved) => {
      onDone();
      toast(
        leaves
          ? `Moved ${task.key}. It is now ${moved.key}`
          : `Moved ${task.key} to ${board?.name ?? "its board"}`,
      );
      void navigate(paths.task(moved.project, moved.board_id, moved.key));
    },
  });
  if (projects.isPending) return <SkeletonRows rows={3} label="Loading the projects" />;
  if (projects.isError)
    return (
      <Failure
        error={projects.error}
        title="The projects did not load"
        onRetry={() => void projects.refetch()}
      />
    );
  const reachable = projects.data.filter(({ role }) => reaches(role, "developer"));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (board && !stays) move.mutate(board.id);
      }}
    >
      <FormProblem>{formError(move.error, [])}</FormProblem>
      <SelectField
        label="Project"
        autoFocus
        value={project}
        onChange={(event) => {
          setProject(event.target.value);
          setChosen("");
          move.reset();
        }}
      >
        {reachable.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
            {key === task.project ? " (now)" : ""}
          </option>
        ))}
      </SelectField>
      {boards.isError ? (
        <Failure error={boards.error} title="The boards did not load" onRetry={() => void boards.refetch()} />
      ) : (
        <SelectField
          label="Board"
          disabled={!board}
          value={board?.id ?? ""}
          hint={boards.isSuccess && !board ? "This project has no other board." : undefined}
          onChange={(event) => setChosen(event.target.value)}
        >
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {leaves &&
        (stays ? (
          <p role="status" className="bg-warning-soft text-warning rounded-small px-3 py-2">
            {stays}
          </p>
        ) : (
          <Leaves key={project} task={task} project={project} />
        ))}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={!board || stays !== null} busy={move.isPending}>
          Move
        </Button>
      </DialogActions>
    </form>
  );
}

/** What a task leaves behind, and what stays as it is. */
function Leaves({ task, project }: { task: Task; project: string }) {
  const [ownLabels, labels] = [useQuery(labelsQuery(task.project)).data, useQuery(labelsQuery(project)).data];
  const [ownFields, fields] = [useQuery(fieldsQuery(task.project)).data, useQuery(fieldsQuery(project)).data];
  if (!ownLabels || !labels || !ownFields || !fields)
    return <SkeletonRows rows={1} label="Checking what moves with it" />;
  const left = leftBehind(
    task,
    { labels: ownLabels, fields: ownFields.fields },
    { labels, fields: fields.fields },
  );
  const lines = [
    left.labels.length > 0 && `Labels missing there: ${left.labels.join(", ")}`,
    left.fields.length > 0 && `Values of fields missing there: ${left.fields.join(", ")}`,
    left.sprint && "Its sprint",
  ].filter((line) => line !== false);
  return (
    <div className="text-quiet flex flex-col gap-1">
      <p>It gets a new key. {task.key} still opens it.</p>
      {lines.length > 0 && (
        <>
          <p className="text-text font-medium">Not moved</p>
          <ul className="list-disc pl-5">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
