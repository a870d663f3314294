import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, useState } from "react";
import { Link, useParams } from "react-router";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { ChartFrame } from "@/components/ui/chart-frame";
import { Empty, Failure, Skeleton, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { ExportLink } from "@/features/reports";
import { explain, ProblemError } from "@/lib/api/problem";
import type { ReportedTask, Sprint, SprintReport } from "@/lib/api/types";
import { startSprint } from "@/data/sprints/sprint-writes";
import { burndownQuery, reportQuery, sprintQuery, sprintsQuery } from "@/data/sprints/sprints";
import {
  burndownTable,
  burnupTable,
  daysLeft,
  loadOf,
  sprintDays,
  sprintPoints,
} from "@/data/sprints/sprint-figures";
import { CloseDialog } from "./close-dialog";
import { LoadBar } from "./load-bar";
import { SprintDialog } from "./sprint-dialog";
import { SprintStateTag } from "./sprint-state";

const BurndownChart = lazy(async () => ({ default: (await import("./sprint-charts")).BurndownChart }));
const BurnupChart = lazy(async () => ({ default: (await import("./sprint-charts")).BurnupChart }));

/** A sprint: its goal, how it stands day by day, and what came of it. */
export function SprintPage() {
  const { project = "", sprint: id = "" } = useParams();
  const { data: about } = useQuery(projectQuery(project));
  const sprint = useQuery(sprintQuery(id));
  const gone = sprint.error instanceof ProblemError && [403, 404].includes(sprint.error.status);
  return (
    <>
      <PageHead
        actions={
          sprint.data && (
            <>
              <ExportLink chosen={{ kind: "sprint", format: "pdf", project, sprint: id }} />
              {reaches(about?.role, "manager") && <SprintActions sprint={sprint.data} project={project} />}
            </>
          )
        }
      >
        <Crumb to={paths.sprints(project)}>Sprints</Crumb>
        <PageTitle>{sprint.data?.name ?? "Sprint"}</PageTitle>
        {sprint.data && <SprintStateTag state={sprint.data.state} />}
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-[1080px] flex-col gap-6 px-6 py-6 max-sm:px-4">
          {sprint.data ? (
            <SprintBody sprint={sprint.data} board={about?.board_id ?? null} />
          ) : sprint.isError ? (
            <Failure
              error={sprint.error}
              title={gone ? "Sprint not found" : "The sprint did not load"}
              {...(gone ? {} : { onRetry: () => void sprint.refetch() })}
            />
          ) : (
            <SkeletonRows label="Loading the sprint" />
          )}
        </div>
      </main>
    </>
  );
}

function SprintActions({ sprint, project }: { sprint: Sprint; project: string }) {
  const sprints = useQuery(sprintsQuery(project));
  const [editing, setEditing] = useState(false);
  const [closing, setClosing] = useState(false);
  const start = useMutation({
    mutationFn: () => startSprint(sprint),
    onSuccess: () => toast(`Started ${sprint.name}`),
    onError: (error) => problemToast(`${sprint.name} was not started. ${explain(error)}`),
  });
  if (sprint.state === "closed") return null;
  return (
    <>
      <Button onClick={() => setEditing(true)}>Edit</Button>
      {sprint.state === "planned" ? (
        <Button look="primary" busy={start.isPending} onClick={() => start.mutate()}>
          Start sprint
        </Button>
      ) : (
        <Button look="primary" onClick={() => setClosing(true)}>
          Close sprint
        </Button>
      )}
      <SprintDialog
        project={project}
        sprint={sprint}
        sprints={sprints.data ?? []}
        open={editing}
        onOpenChange={setEditing}
      />
      <CloseDialog sprint={sprint} open={closing} onOpenChange={setClosing} />
    </>
  );
}

function SprintBody({ sprint, board }: { sprint: Sprint; board: string | null }) {
  const burndown = useQuery(burndownQuery(sprint.id));
  const report = useQuery(reportQuery(sprint.id));
  const points = burndown.data && sprintPoints(burndown.data, sprint.committed_points ?? null);
  return (
    <>
      <header className="flex flex-col gap-2">
        {sprint.goal && <p className="text-reading">{sprint.goal}</p>}
        <p className="text-quiet flex flex-wrap items-center gap-x-4 gap-y-1">
          <span>{sprintDays(sprint)}</span>
          {sprint.state === "running" && <span>{daysLeft(sprint)}</span>}
          {report.data && <Progress sprint={sprint} report={report.data} />}
        </p>
      </header>
      {sprint.state === "planned" ? (
        <Empty title="The sprint has not started">
          Move tasks into it from the backlog, then start it: from that day on its burndown shows here.
        </Empty>
      ) : (
        <div className="grid gap-4 lg:grid-cols-2">
          {points ? (
            <>
              <ChartFrame title="Burndown" about="Points remaining" table={burndownTable(points)}>
                <BurndownChart points={points} />
              </ChartFrame>
              <ChartFrame title="Burn-up" about="Points completed" table={burnupTable(points)}>
                <BurnupChart points={points} />
              </ChartFrame>
            </>
          ) : burndown.isError ? (
            <Failure
              error={burndown.error}
              title="The burndown did not load"
              onRetry={() => void burndown.refetch()}
            />
          ) : (
            <>
              <Skeleton className="h-80" />
              <Skeleton className="h-80" />
            </>
          )}
        </div>
      )}
      {report.data ? (
        <Report sprint={sprint} report={report.data} board={board} />
      ) : report.isError ? (
        <Failure error={report.error} title="The report did not load" onRetry={() => void report.refetch()} />
      ) : (
        <SkeletonRows label="Loading the report" />
      )}
    </>
  );
}

function Progress({ sprint, report }: { sprint: Sprint; report: SprintReport }) {
  if (sprint.state === "planned") {
    const planned = report.carried_over_points + report.completed_points;
    return <LoadBar load={loadOf(planned, sprint.capacity ?? null)} />;
  }
  const all = report.completed_points + report.carried_over_points;
  const share = all ? Math.round((report.completed_points / all) * 100) : 0;
  return (
    <span className="flex items-center gap-2">
      <span
        role="progressbar"
        aria-label="Done"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        className="bg-pressed h-1.5 w-40 overflow-hidden rounded-full"
      >
        <span className="bg-success block h-full rounded-full" style={{ width: `${share}%` }} />
      </span>
      <span className="tabular-nums">
        {report.completed_points} of {all} points done
      </span>
    </span>
  );
}

function Report({ sprint, report, board }: { sprint: Sprint; report: SprintReport; board: string | null }) {
  const figures: [string, number | string][] = [
    ["Committed", report.committed_points],
    ["Added", report.added_points],
    ["Removed", report.removed_points],
    ["Completed", report.completed_points],
    [sprint.state === "closed" ? "Carried over" : "Not done", report.carried_over_points],
    ["Velocity", sprint.state === "closed" ? report.velocity : "–"],
  ];
  return (
    <section aria-label="Report" className="flex flex-col gap-4">
      <h2 className="text-[15px] font-semibold">
        {sprint.state === "closed" ? "Report" : sprint.state === "running" ? "So far" : "Planned"}
      </h2>
      {sprint.state !== "planned" && (
        <dl className="border-line bg-surface grid grid-cols-6 rounded-card border max-md:grid-cols-3">
          {figures.map(([name, value]) => (
            <div key={name} className="px-4 py-3">
              <dt className="text-quiet text-meta">{name}</dt>
              <dd className="text-[20px] leading-7 font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {report.drift.length > 0 && (
        <p role="note" className="bg-warning-soft text-warning rounded-small px-3 py-2">
          On {report.drift.length === 1 ? "one day" : `${report.drift.length} days`} the points on the cards
          did not match the burndown. Tell your Millrace administrator.
        </p>
      )}
      <div className="grid gap-4 md:grid-cols-2">
        <TaskList
          title="Completed"
          tasks={report.completed}
          none="Nothing is done yet."
          {...{ sprint, board }}
        />
        <TaskList
          title={sprint.state === "closed" ? "Carried over" : "Not done"}
          tasks={report.carried_over}
          none={
            sprint.state === "closed"
              ? "Everything was done."
              : "Nothing is left. Plan tasks into it from the backlog."
          }
          {...{ sprint, board }}
        />
        {report.added.length > 0 && (
          <TaskList title="Added after the start" tasks={report.added} none="" {...{ sprint, board }} />
        )}
        {report.removed.length > 0 && (
          <TaskList title="Removed after the start" tasks={report.removed} none="" {...{ sprint, board }} />
        )}
      </div>
    </section>
  );
}

function TaskList({
  title,
  tasks,
  none,
  sprint,
  board,
}: {
  title: string;
  tasks: readonly ReportedTask[];
  none: string;
  sprint: Sprint;
  board: string | null;
}) {
  return (
    <section aria-label={title} className="bg-surface border-line min-w-0 rounded-card border">
      <h3 className="border-line flex justify-between border-b px-4 py-2.5 font-medium">
        {title}
        <span className="text-quiet tabular-nums">{tasks.length}</span>
      </h3>
      {tasks.length === 0 && <p className="text-quiet px-4 py-3">{none}</p>}
      <ul className="max-h-96 overflow-y-auto">
        {tasks.map(({ key, title: name, points }) => {
          const row = (
            <>
              <span className="text-faint text-meta w-16 shrink-0 tabular-nums">{key}</span>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-quiet tabular-nums">
                {points}
                <span className="sr-only"> points</span>
              </span>
            </>
          );
          const look = "flex h-9 items-center gap-2 px-4 touch:h-11";
          return (
            <li key={key}>
              {board ? (
                <Link to={paths.task(sprint.project, board, key)} className={`${look} hover:bg-hover`}>
                  {row}
                </Link>
              ) : (
                <span className={look}>{row}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
