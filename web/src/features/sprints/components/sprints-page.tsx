import { useQuery } from "@tanstack/react-query";
import { IterationCw, Plus } from "lucide-react";
import { lazy, useState } from "react";
import { Link, useParams } from "react-router";
import { Crumb, PageBody, PageHead, PageTitle, SectionHead } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { ChartFrame } from "@/components/ui/chart-frame";
import { Empty, Failure, Skeleton, SkeletonRows } from "@/components/ui/states";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import type { Sprint } from "@/lib/api/types";
import { sprintsQuery, velocityQuery } from "@/data/sprints/sprints";
import { daysLeft, sprintDays, velocityTable } from "@/data/sprints/sprint-figures";
import { SprintDialog } from "./sprint-dialog";
import { SprintStateTag } from "./sprint-state";

const VelocityChart = lazy(async () => ({ default: (await import("./sprint-charts")).VelocityChart }));

/** The sprints of a project, and how much was done in the last of them. */
export function SprintsPage() {
  const { project = "" } = useParams();
  const { data: about } = useQuery(projectQuery(project));
  const sprints = useQuery(sprintsQuery(project));
  const velocity = useQuery(velocityQuery(project));
  const [planning, setPlanning] = useState(false);
  const manages = reaches(about?.role, "manager");
  const plan = manages && (
    <Button look="primary" onClick={() => setPlanning(true)}>
      <Plus size={14} aria-hidden />
      Plan a sprint
    </Button>
  );
  return (
    <>
      <PageHead actions={sprints.data?.length ? plan : undefined}>
        <Crumb to={paths.project(project)}>{about?.name ?? project}</Crumb>
        <PageTitle>Sprints</PageTitle>
      </PageHead>
      <PageBody>
        {sprints.isPending && <SkeletonRows label="Loading the sprints" />}
        {sprints.isError && !sprints.data && (
          <Failure
            error={sprints.error}
            title="The sprints did not load"
            onRetry={() => void sprints.refetch()}
          />
        )}
        {sprints.data?.length === 0 && (
          <Empty icon={<IterationCw size={28} aria-hidden />} title="No sprints yet" action={plan}>
            A sprint is a fixed period with a goal. Plan one, then add tasks from the backlog.
          </Empty>
        )}
        {sprints.data && sprints.data.length > 0 && (
          <div className="flex flex-col gap-8">
            <ul className="border-line divide-line bg-surface divide-y rounded-card border">
              {sprints.data.map((sprint) => (
                <SprintRow key={sprint.id} sprint={sprint} />
              ))}
            </ul>
            <section>
              <SectionHead title="Velocity">Points committed and completed.</SectionHead>
              {velocity.data && velocity.data.sprints.length > 0 ? (
                <ChartFrame
                  title="Points per sprint"
                  about={`${velocity.data.average ?? 0} points on average`}
                  table={velocityTable(velocity.data)}
                >
                  <VelocityChart velocity={velocity.data} />
                </ChartFrame>
              ) : velocity.isError ? (
                <Failure
                  error={velocity.error}
                  title="The velocity did not load"
                  onRetry={() => void velocity.refetch()}
                />
              ) : velocity.data ? (
                <p className="text-quiet">Close a sprint to see how much was done in it.</p>
              ) : (
                <Skeleton className="h-80" />
              )}
            </section>
          </div>
        )}
      </PageBody>
      {sprints.data && (
        <SprintDialog project={project} sprints={sprints.data} open={planning} onOpenChange={setPlanning} />
      )}
    </>
  );
}

function SprintRow({ sprint }: { sprint: Sprint }) {
  return (
    <li>
      <Link
        to={paths.sprint(sprint.project, sprint.id)}
        className="hover:bg-hover flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2"
      >
        <span className="font-medium">{sprint.name}</span>
        <SprintStateTag state={sprint.state} />
        <span className="text-quiet min-w-0 flex-1 truncate max-sm:hidden">{sprint.goal}</span>
        <span className="text-quiet tabular-nums">{sprintDays(sprint)}</span>
        <span className="text-quiet w-32 text-right tabular-nums">
          {sprint.state === "running"
            ? daysLeft(sprint)
            : sprint.state === "closed"
              ? `${sprint.completed_points ?? 0} of ${sprint.committed_points ?? 0} points`
              : sprint.capacity != null && `Capacity ${sprint.capacity}`}
        </span>
      </Link>
    </li>
  );
}
