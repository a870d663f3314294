import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesCombined } from "lucide-react";
import { lazy, useState } from "react";
import { useParams } from "react-router";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { ChartFrame } from "@/components/ui/chart-frame";
import { SelectField } from "@/components/ui/field";
import { Empty, Failure, Skeleton } from "@/components/ui/states";
import { boardsQuery } from "@/data/projects/projects";
import { ExportLink } from "@/features/reports";
import { ProblemError } from "@/lib/api/problem";
import type { Flow } from "@/lib/api/types";
import { daysFromNow } from "@/lib/dates";
import { flowQuery } from "../api/flow";
import { ageingTable, doneTable, flowTable, percentileWords, weekTable } from "../flow-figures";

const charts = () => import("./flow-charts");
const CumulativeFlowChart = lazy(async () => ({ default: (await charts()).CumulativeFlowChart }));
const TimesChart = lazy(async () => ({ default: (await charts()).TimesChart }));
const ThroughputChart = lazy(async () => ({ default: (await charts()).ThroughputChart }));
const AgeingChart = lazy(async () => ({ default: (await charts()).AgeingChart }));

const ranges = [14, 30, 90, 180];

/** How work flows over a board. */
export function InsightPage() {
  const { project = "", board = "" } = useParams();
  const [range, setRange] = useState(30);
  const flow = useQuery(flowQuery(board, daysFromNow(1 - range)));
  const { data: boards } = useQuery(boardsQuery(project));
  const name = boards?.find(({ id }) => id === board)?.name;
  const gone = flow.error instanceof ProblemError && [403, 404].includes(flow.error.status);
  return (
    <>
      <PageHead
        actions={
          <>
            <ExportLink
              chosen={{ kind: "flow", project, board, from: daysFromNow(1 - range), to: daysFromNow(0) }}
            />
            <SelectField
              label="Days"
              hideLabel
              value={range}
              onChange={(event) => setRange(Number(event.target.value))}
            >
              {ranges.map((days) => (
                <option key={days} value={days}>
                  Last {days} days
                </option>
              ))}
            </SelectField>
          </>
        }
      >
        <Crumb to={paths.board(project, board)}>{name ?? "Board"}</Crumb>
        <PageTitle>Flow</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1080px] px-6 py-6 max-sm:px-4">
          {flow.data ? (
            <FlowCharts flow={flow.data} />
          ) : flow.isError ? (
            <Failure
              error={flow.error}
              title={gone ? "Board not found" : "The flow did not load"}
              {...(gone ? {} : { onRetry: () => void flow.refetch() })}
            />
          ) : (
            <div role="status" aria-label="Loading the flow" className="grid gap-4 lg:grid-cols-2">
              {[0, 1, 2, 3].map((chart) => (
                <Skeleton key={chart} className="h-80" />
              ))}
            </div>
          )}
        </div>
      </main>
    </>
  );
}

function FlowCharts({ flow }: { flow: Flow }) {
  const last = flow.days.at(-1);
  const tasks = last ? last.backlog + last.todo + last.in_progress + last.review + last.done : 0;
  if (tasks === 0 && flow.finished.length === 0)
    return (
      <Empty icon={<ChartNoAxesCombined size={28} aria-hidden />} title="No flow data yet">
        Create tasks and move them across the board to see where they are and how long they take.
      </Empty>
    );
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="lg:col-span-2">
        <ChartFrame
          title="Cumulative flow"
          about="Tasks in each status at the end of each day"
          table={flowTable(flow)}
        >
          <CumulativeFlowChart flow={flow} />
        </ChartFrame>
      </div>
      <ChartFrame title="Cycle time" about={percentileWords(flow.cycle_time)} table={doneTable(flow)}>
        <TimesChart flow={flow} measure="cycle" />
      </ChartFrame>
      <ChartFrame title="Lead time" about={percentileWords(flow.lead_time)} table={doneTable(flow)}>
        <TimesChart flow={flow} measure="lead" />
      </ChartFrame>
      <ChartFrame title="Throughput" about="Tasks done in each week" table={weekTable(flow)}>
        <ThroughputChart flow={flow} />
      </ChartFrame>
      <ChartFrame
        title="Work in progress"
        about={
          flow.ageing.length > 15
            ? `Days since work started: the 15 oldest of ${flow.ageing.length}`
            : "Days since work started"
        }
        table={ageingTable(flow)}
      >
        <AgeingChart flow={flow} />
      </ChartFrame>
    </div>
  );
}
