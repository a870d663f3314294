import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { PageHead, PageTitle } from "@/components/layout/page-head";
import { Failure } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { projectsQuery } from "@/data/projects/projects";
import { fromNow } from "@/lib/dates";
import { dashboardQuery } from "../api/figures-query";
import { filterOf } from "../filter";
import { useFiguresChoice } from "../use-figures-choice";
import { DistributionChart, TrendChart } from "./charts";
import { Contributors, FiguresSkeleton, NOT_BY_LABEL, statusParts, Tiles, workloadParts } from "./figures";
import { FiguresFilterBar } from "./figures-filter";

/** What happens in a workspace, in numbers; the filter is in the address. */
export function DashboardPage() {
  const workspace = useWorkspace();
  const projects = useQuery(projectsQuery);
  const { asks, ...bar } = useFiguresChoice();
  const figures = useQuery({
    ...dashboardQuery(filterOf(bar.choice)),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const people = new Map(bar.people.map((person) => [person.id, person]));
  const labelled = bar.choice.label !== "";

  return (
    <>
      <PageHead>
        <PageTitle>Dashboard</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1200px] px-6 py-6 max-sm:px-4">
          <FiguresFilterBar {...bar} projects={projects.data ?? []} />
          {figures.isPending && asks && <FiguresSkeleton />}
          {figures.isError && !figures.data && (
            <Failure
              error={figures.error}
              title="The dashboard did not load"
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
                  title="Open tasks by person"
                  parts={labelled ? [] : workloadParts(figures.data, people)}
                  {...(labelled ? { empty: NOT_BY_LABEL } : {})}
                />
                <Contributors
                  contributors={labelled ? [] : figures.data.contributors}
                  people={people}
                  {...(labelled ? { empty: NOT_BY_LABEL } : {})}
                />
              </div>
              {workspace.manages && figures.data.drifts.length > 0 && (
                <p className="text-faint text-meta mt-4">
                  Counters of{" "}
                  {figures.data.drifts.map(({ project: key, at }) => `${key} (${fromNow(at)})`).join(", ")}{" "}
                  were wrong and corrected by the nightly recount.
                </p>
              )}
            </>
          )}
        </div>
      </main>
    </>
  );
}
