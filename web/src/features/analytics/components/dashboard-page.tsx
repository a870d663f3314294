import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { PageHead, PageTitle } from "@/app/layout/page-head";
import { SelectField } from "@/components/ui/field";
import { Failure } from "@/components/ui/states";
import { useWorkspace } from "@/features/auth/auth-context";
import { membersQuery } from "@/features/people/api/people";
import { projectsQuery } from "@/features/projects/api/projects";
import { teamsQuery } from "@/features/teams/api/teams";
import { daysFromNow, fromNow } from "@/lib/dates";
import { dashboardQuery, type FiguresFilter } from "../api/figures-query";
import { DistributionChart, TrendChart } from "./charts";
import { Contributors, FiguresSkeleton, statusParts, Tiles, workloadParts } from "./figures";

const spans = [
  { days: 7, name: "Last 7 days" },
  { days: 30, name: "Last 30 days" },
  { days: 90, name: "Last 90 days" },
] as const;

/** What happens in a workspace, in numbers; the filter is in the address. */
export function DashboardPage() {
  const workspace = useWorkspace();
  const member = workspace.role !== "guest";
  const [search, setSearch] = useSearchParams();
  const members = useQuery({ ...membersQuery(workspace.id), enabled: member });
  const teams = useQuery({ ...teamsQuery(workspace.id), enabled: member });
  const projects = useQuery(projectsQuery);
  const days = Number(search.get("days") ?? "30");
  const [project, who] = [search.get("project") ?? "", search.get("who") ?? ""];
  const filter: FiguresFilter = {
    ...(project ? { project } : {}),
    ...(who.startsWith("team_") ? { team: who } : who ? { person: who } : {}),
    ...(days === 30 || !spans.some((span) => span.days === days)
      ? {}
      : { from: daysFromNow(1 - days), to: daysFromNow(0) }),
  };
  const figures = useQuery(dashboardQuery(filter));
  const people = new Map((members.data ?? []).map((person) => [person.id, person]));
  const choose = (name: string, value: string) =>
    setSearch((before) => {
      if (value) before.set(name, value);
      else before.delete(name);
      return before;
    });

  return (
    <>
      <PageHead>
        <PageTitle>Dashboard</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1200px] px-6 py-6 max-sm:px-4">
          <div className="mb-4 flex flex-wrap gap-2">
            <SelectField
              label="Project"
              hideLabel
              className="w-44"
              value={project}
              onChange={(event) => choose("project", event.target.value)}
            >
              <option value="">All projects</option>
              {projects.data?.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </SelectField>
            {member && (
              <SelectField
                label="Whose work"
                hideLabel
                className="w-44"
                value={who}
                onChange={(event) => choose("who", event.target.value)}
              >
                <option value="">Everybody</option>
                <optgroup label="Teams">
                  {teams.data?.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </optgroup>
                <optgroup label="People">
                  {members.data?.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              </SelectField>
            )}
            <SelectField
              label="Days"
              hideLabel
              className="w-36"
              value={String(days)}
              onChange={(event) => choose("days", event.target.value === "30" ? "" : event.target.value)}
            >
              {spans.map((span) => (
                <option key={span.days} value={span.days}>
                  {span.name}
                </option>
              ))}
            </SelectField>
          </div>
          {figures.isPending && <FiguresSkeleton />}
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
                <DistributionChart title="Open tasks by person" parts={workloadParts(figures.data, people)} />
                <Contributors contributors={figures.data.contributors} people={people} />
              </div>
              {workspace.manages && figures.data.drifts.length > 0 && (
                <p className="text-faint text-meta mt-4">
                  Counters of{" "}
                  {figures.data.drifts.map(({ project: key, at }) => `${key} (${fromNow(at)})`).join(", ")}{" "}
                  were off and put right by the nightly recount.
                </p>
              )}
            </>
          )}
        </div>
      </main>
    </>
  );
}
