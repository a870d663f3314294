import { useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem, SelectField, TextField } from "@/components/ui/field";
import { announce } from "@/lib/announce";
import { useAccount, useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { boardsQuery, projectsQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { sprintsQuery } from "@/data/sprints/sprints";
import { categories, categoryNames } from "@/lib/task-words";
import { teamsQuery } from "@/data/people/teams";
import { useFeature } from "@/data/session/use-feature";
import { explain } from "@/lib/api/problem";
import type { Category, Project, ReportKind } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { askForReport } from "../api/reports";
import { missing, needsProject, requestFor, takesDays, type Choice } from "../choice";
import { reportFormats, reportKinds, reportTitle } from "../words";

type Change = (change: Partial<Choice>) => void;

/** What a report is to show, and in which form. What was chosen stays when the report was refused. */
export function ReportForm({ begins }: { begins: Choice }) {
  const [choice, setChoice] = useState(begins);
  const [problem, setProblem] = useState<string | null>(null);
  const projects = useQuery(projectsQuery).data ?? [];
  const kinds = useKinds();
  const ask = useMutation({
    mutationFn: () => askForReport(requestFor(choice)),
    onSuccess: (report) => announce(`${reportTitle(report)} is being created`),
    onError: (error) => setProblem(explain(error)),
  });
  const change: Change = (part) => {
    setProblem(null);
    setChoice((before) => ({ ...before, ...part }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = missing(choice);
    setProblem(lacks);
    if (!lacks) ask.mutate();
  };

  return (
    <form
      aria-label="New report"
      onSubmit={submit}
      className="border-line bg-surface flex flex-col gap-4 rounded-card border p-4"
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Report"
          value={choice.kind}
          hint={kinds.find(({ id }) => id === choice.kind)?.about}
          onChange={(event) => change({ kind: event.target.value as ReportKind, from: "", to: "" })}
        >
          {kinds.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        {choice.kind === "time" && <Whose choice={choice} change={change} projects={projects} />}
        {needsProject(choice) && (
          <SelectField
            label="Project"
            value={choice.project}
            onChange={(event) => change({ project: event.target.value, sprint: "", board: "" })}
          >
            <option value="">Choose a project</option>
            {projects
              .filter(({ role }) => choice.kind !== "time" || reaches(role, "manager"))
              .map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
          </SelectField>
        )}
        {choice.project && <OfProject choice={choice} change={change} />}
        {takesDays(choice.kind) && <Days choice={choice} change={change} />}
      </div>
      <Format choice={choice} change={change} />
      <FormProblem>{problem}</FormProblem>
      <div>
        <Button type="submit" look="primary" busy={ask.isPending}>
          Create report
        </Button>
      </div>
    </form>
  );
}

/** The kinds of report of what the workspace uses. */
function useKinds() {
  const [sprints, time, analytics] = [
    useFeature("sprints"),
    useFeature("time_tracking"),
    useFeature("analytics"),
  ];
  const used: Partial<Record<ReportKind, boolean>> = {
    sprint: sprints,
    velocity: sprints,
    time,
    project: analytics,
  };
  return reportKinds.filter(({ id }) => used[id] ?? true);
}

/** Whose time it is; those who manage a project may choose others. */
function Whose({ choice, change, projects }: { choice: Choice; change: Change; projects: Project[] }) {
  const workspace = useWorkspace();
  const { user } = useAccount();
  const manages = workspace.manages || projects.some(({ role }) => reaches(role, "manager"));
  const members = useQuery({ ...membersQuery(workspace.id), enabled: manages });
  const teams = useQuery({ ...teamsQuery(workspace.id), enabled: manages });
  return (
    <SelectField
      label="Whose time"
      value={choice.who}
      onChange={(event) => change({ who: event.target.value })}
    >
      <option value="">My own</option>
      {manages && <option value="project">Everybody in a project</option>}
      {(teams.data?.length ?? 0) > 0 && (
        <optgroup label="Teams">
          {teams.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      {members.data && (
        <optgroup label="People">
          {members.data
            .filter(({ id }) => id !== user.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </optgroup>
      )}
    </SelectField>
  );
}

/** What can be chosen inside of a project. */
function OfProject({ choice, change }: { choice: Choice; change: Change }) {
  const workspace = useWorkspace();
  const ofTasks = choice.kind === "tasks";
  const ofSprints = choice.kind === "sprint" || ofTasks;
  const usesSprints = useFeature("sprints");
  const sprints = useQuery({ ...sprintsQuery(choice.project), enabled: ofSprints && usesSprints });
  const boards = useQuery({ ...boardsQuery(choice.project), enabled: choice.kind === "flow" });
  const members = useQuery({ ...membersQuery(workspace.id), enabled: ofTasks });
  return (
    <>
      {ofSprints && usesSprints && (
        <SelectField
          label="Sprint"
          value={choice.sprint}
          onChange={(event) => change({ sprint: event.target.value })}
        >
          <option value="">{ofTasks ? "Any sprint or none" : "Choose a sprint"}</option>
          {sprints.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {choice.kind === "flow" && (
        <SelectField
          label="Board"
          value={choice.board}
          onChange={(event) => change({ board: event.target.value })}
        >
          <option value="">Choose a board</option>
          {boards.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {ofTasks && (
        <>
          <SelectField
            label="Status"
            value={choice.status}
            onChange={(event) => change({ status: event.target.value as Category | "" })}
          >
            <option value="">Any status</option>
            {categories.map((id) => (
              <option key={id} value={id}>
                {categoryNames[id]}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Assignee"
            value={choice.who}
            onChange={(event) => change({ who: event.target.value })}
          >
            <option value="">Any assignee</option>
            {members.data?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </>
      )}
    </>
  );
}

const usualDays: Partial<Record<ReportKind, string>> = {
  time: "Defaults to this week",
  flow: "Defaults to the last 30 days",
  project: "Defaults to the last 30 days",
};

function Days({ choice, change }: { choice: Choice; change: Change }) {
  const due = choice.kind === "tasks";
  return (
    <>
      <TextField
        type="date"
        label={due ? "Due from" : "First day"}
        value={choice.from}
        hint={usualDays[choice.kind]}
        onChange={(event) => change({ from: event.target.value })}
      />
      <TextField
        type="date"
        label={due ? "Due until" : "Last day"}
        value={choice.to}
        onChange={(event) => change({ to: event.target.value })}
      />
    </>
  );
}

function Format({ choice, change }: { choice: Choice; change: Change }) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="text-quiet mb-1 font-medium">Format</legend>
      <div className="grid gap-2 sm:grid-cols-3">
        {reportFormats.map(({ id, name, about }) => (
          <label
            key={id}
            htmlFor={`format-${id}`}
            className={classNames(
              "flex cursor-pointer items-start gap-2 rounded-small border px-3 py-2 transition-colors",
              choice.format === id ? "border-accent-line bg-accent-soft" : "border-line hover:bg-hover",
            )}
          >
            <input
              id={`format-${id}`}
              type="radio"
              name="format"
              aria-label={`${name}: ${about}`}
              className="accent-accent mt-0.5"
              checked={choice.format === id}
              onChange={() => change({ format: id })}
            />
            <span>
              <span className="font-medium">{name}</span>
              <span className="text-quiet text-meta block">{about}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
