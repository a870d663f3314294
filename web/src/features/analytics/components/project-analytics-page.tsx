import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { PageHead, PageTitle } from "@/components/layout/page-head";
import { Failure } from "@/components/ui/states";
import { projectsQuery } from "@/data/projects/projects";
import { ExportLink } from "@/features/reports";
import { priorityNames } from "@/lib/task-words";
import type { Priority } from "@/lib/api/types";
import { projectFiguresQuery } from "../api/figures-query";
import { filterOf } from "../filter";
import { useFiguresChoice } from "../use-figures-choice";
import { DistributionChart, TrendChart } from "./charts";
import {
  Contributors,
  FiguresSkeleton,
  NOT_BY_LABEL,
  NOT_BY_PERSON,
  statusParts,
  Tiles,
  workloadParts,
} from "./figures";
import { FiguresFilterBar } from "./figures-filter";

/** What happens in a project, in numbers; the filter is in the address. */
export function ProjectAnalyticsPage() {
  const { project: key = "" } = useParams();
  const project = useQuery(projectsQuery).data?.find((other) => other.key === key);
  const { asks, ...bar } = useFiguresChoice(key);
  const figures = useQuery({
    ...projectFiguresQuery(key, filterOf({ ...bar.choice, project: "" })),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const people = new Map(bar.people.map((person) => [person.id, person]));
  const labelled = bar.choice.label !== "";
  const personal = bar.choice.who !== "";
  return (
    <>
      <PageHead actions={<ExportLink chosen={{ kind: "project", project: key }} />}>
        <PageTitle>{project ? `Analytics of ${project.name}` : "Analytics"}</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1200px] px-6 py-6 max-sm:px-4">
          <FiguresFilterBar {...bar} />
          {figures.isPending && asks && <FiguresSkeleton />}
          {figures.isError && !figures.data && (
            <Failure
              error={figures.error}
              title="The figures did not load"
              onRetry={() => void figures.refetch()}
            />
          )}
          {figures.data && (
            <>
              <Tiles figures={figures.data} />
              <div className="grid gap-4 lg:grid-cols-2">
                <TrendChart trend={figures.data.trend} />
                <DistributionChart title="Tasks by status" parts={statusParts(figures.data)} />
                <DistributionChart
                  title="Open tasks by priority"
                  parts={figures.data.by_priority.map(({ group, tasks }) => ({
                    name: priorityNames[String(group) as Priority] ?? String(group),
                    tasks,
                  }))}
                />
                <DistributionChart
                  title="Open tasks by label"
                  parts={figures.data.by_label.flatMap(({ group, tasks }) => {
                    const label = bar.labels.find(({ id }) => id === group);
                    return label ? [{ name: label.name, tasks, color: label.color }] : [];
                  })}
                  {...(personal ? { empty: NOT_BY_PERSON } : {})}
                />
                <DistributionChart
                  title="Open tasks by person"
                  parts={workloadParts(figures.data, people)}
                  {...(labelled ? { empty: NOT_BY_LABEL } : {})}
                />
                <Contributors
                  contributors={figures.data.contributors}
                  people={people}
                  {...(labelled ? { empty: NOT_BY_LABEL } : {})}
                />
              </div>
            </>
          )}
        </div>
      </main>
    </>
  );
}
