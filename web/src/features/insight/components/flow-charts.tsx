import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisStyle, gridStyle, legendText, tooltipStyle } from "@/components/ui/chart-style";
import { categoryNames } from "@/lib/task-words";
import type { Flow } from "@/lib/api/types";
import { calendarDay, shortDay } from "@/lib/dates";
import { ageingPoints, bands, donePoints, flowPoints, weekPoints, type Measure } from "../flow-figures";

const margin = { top: 12, right: 16, bottom: 0, left: -12 };

/** Bands that differ in more than colour: each has a line pattern of its own. */
const dashes: Record<string, string | undefined> = {
  done: undefined,
  review: "6 3",
  in_progress: "2 3",
  todo: "8 3 2 3",
  backlog: "1 4",
};

/** How many tasks were where, one band a status. */
export function CumulativeFlowChart({ flow }: { flow: Flow }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={flowPoints(flow)} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis dataKey="label" {...axisStyle} minTickGap={24} />
        <YAxis {...axisStyle} axisLine={false} allowDecimals={false} />
        <Tooltip {...tooltipStyle} />
        <Legend formatter={legendText} />
        {bands.map((status) => (
          <Area
            key={status}
            name={categoryNames[status]}
            dataKey={status}
            stackId="all"
            type="linear"
            stroke={`var(--status-${status})`}
            strokeWidth={1.5}
            {...(dashes[status] ? { strokeDasharray: dashes[status] } : {})}
            fill={`var(--status-${status})`}
            fillOpacity={0.35}
            isAnimationActive={false}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  );
}

/** How long each task took that was done, with the lines under which most of them lie. */
export function TimesChart({ flow, measure }: { flow: Flow; measure: Measure }) {
  const times = measure === "cycle" ? flow.cycle_time : flow.lead_time;
  const lines: [string, number][] = times
    ? [
        ["50 %", times.p50],
        ["85 %", times.p85],
        ["95 %", times.p95],
      ]
    : [];
  const points = donePoints(flow, measure);
  const highest = Math.max(0, ...points.map(({ days }) => days));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ScatterChart margin={{ ...margin, right: 44 }}>
        <CartesianGrid {...gridStyle} />
        <XAxis
          dataKey="at"
          type="number"
          domain={[Date.parse(flow.from), Date.parse(flow.to)]}
          tickFormatter={(at: number) => shortDay(calendarDay(new Date(at)))}
          {...axisStyle}
        />
        <YAxis dataKey="days" name="Days" type="number" {...axisStyle} axisLine={false} />
        <Tooltip
          {...tooltipStyle}
          formatter={(value, name) =>
            name === "at" ? shortDay(calendarDay(new Date(Number(value)))) : `${String(value)} days`
          }
          labelFormatter={(_, [point]) => {
            const task = point?.payload as { key: string; title: string } | undefined;
            return task ? `${task.key} ${task.title}` : "";
          }}
        />
        {lines.map(([name, days], index) => {
          const next = lines[index + 1]?.[1];
          // Two names would lie on each other: the upper line keeps its own.
          const hidden = next !== undefined && next - days < highest / 20;
          return (
            <ReferenceLine
              key={name}
              y={days}
              stroke="var(--text-faint)"
              strokeDasharray={["2 3", "6 3", "10 4"][index] ?? "2 3"}
              {...(hidden
                ? {}
                : { label: { value: name, position: "right", fill: "var(--text-quiet)", fontSize: 12 } })}
            />
          );
        })}
        <Scatter data={points} fill="var(--accent-line)" fillOpacity={0.75} isAnimationActive={false} />
      </ScatterChart>
    </ResponsiveContainer>
  );
}

/** How many tasks were done in each week. */
export function ThroughputChart({ flow }: { flow: Flow }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={weekPoints(flow)} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis dataKey="label" {...axisStyle} />
        <YAxis {...axisStyle} axisLine={false} allowDecimals={false} />
        <Tooltip {...tooltipStyle} />
        <Bar
          name="Tasks done"
          dataKey="tasks"
          fill="var(--status-done)"
          maxBarSize={44}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

/** How long what is worked on is being worked on. */
export function AgeingChart({ flow }: { flow: Flow }) {
  const points = ageingPoints(flow);
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} layout="vertical" margin={{ ...margin, left: 8 }}>
        <CartesianGrid stroke="var(--line)" horizontal={false} />
        <XAxis type="number" {...axisStyle} />
        <YAxis type="category" dataKey="key" width={72} interval={0} {...axisStyle} axisLine={false} />
        <Tooltip
          {...tooltipStyle}
          labelFormatter={(_, [point]) => {
            const task = point?.payload as { key: string; title: string } | undefined;
            return task ? `${task.key} ${task.title}` : "";
          }}
        />
        <Bar name="Days" dataKey="age_days" maxBarSize={18} radius={[0, 3, 3, 0]} isAnimationActive={false}>
          {points.map(({ key, status }) => (
            <Cell key={key} fill={`var(--status-${status})`} />
          ))}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
