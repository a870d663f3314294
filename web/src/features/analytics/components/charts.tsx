import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartFrame } from "@/components/ui/chart-frame";
import { axisStyle, gridStyle, legendText, tooltipStyle } from "@/components/ui/chart-style";
import type { DashboardFigures } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";
import { hoursWords } from "../compare";

const happened = (day: DashboardFigures["trend"][number]) =>
  day.created + day.closed + day.reopened + day.moved + day.comments + day.hours > 0;

/** Day by day: what was made and what was closed. */
export function TrendChart({ trend }: { trend: DashboardFigures["trend"] }) {
  return (
    <ChartFrame
      title="Created and closed"
      {...(trend.some(happened) ? {} : { empty: "No activity in this period." })}
      table={{
        columns: ["Day", "Created", "Closed", "Reopened", "Moved", "Comments", "Logged"],
        rows: trend.map((day) => [
          shortDay(day.date),
          day.created,
          day.closed,
          day.reopened,
          day.moved,
          day.comments,
          hoursWords(day.hours),
        ]),
      }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={trend} margin={{ left: -24, right: 8, top: 4 }} accessibilityLayer>
          <CartesianGrid {...gridStyle} />
          <XAxis
            dataKey="date"
            tickFormatter={(date: string) => shortDay(date)}
            minTickGap={32}
            {...axisStyle}
          />
          <YAxis allowDecimals={false} {...axisStyle} />
          <Tooltip
            {...tooltipStyle}
            labelFormatter={(date) => (typeof date === "string" ? shortDay(date) : "")}
          />
          <Legend formatter={legendText} />
          <Line
            type="linear"
            dataKey="created"
            name="Created"
            stroke="var(--text-faint)"
            strokeDasharray="4 3"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            type="linear"
            dataKey="closed"
            name="Closed"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

/** One bar of a distribution. */
export interface Part {
  name: string;
  tasks: number;
  color?: string;
}

/** How tasks spread over a few groups; `empty` says why there are none. */
export function DistributionChart({
  title,
  parts,
  empty = "No tasks to show.",
}: {
  title: string;
  parts: readonly Part[];
  empty?: string;
}) {
  return (
    <ChartFrame
      title={title}
      {...(parts.some(({ tasks }) => tasks > 0) ? {} : { empty })}
      table={{ columns: ["Group", "Tasks"], rows: parts.map(({ name, tasks }) => [name, tasks]) }}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...parts]} layout="vertical" margin={{ left: 8, right: 24 }} accessibilityLayer>
          <XAxis type="number" allowDecimals={false} hide />
          <YAxis type="category" dataKey="name" width={112} {...axisStyle} />
          <Tooltip {...tooltipStyle} />
          <Bar
            dataKey="tasks"
            name="Tasks"
            radius={4}
            maxBarSize={22}
            label={{ position: "right", fill: "var(--text-quiet)", fontSize: 12 }}
            isAnimationActive={false}
          >
            {parts.map(({ name, color }) => (
              <Cell key={name} fill={color ?? "var(--accent)"} />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
