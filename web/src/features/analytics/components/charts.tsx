import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartWithTable } from "@/components/ui/chart-with-table";
import type { DashboardFigures } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";
import { hoursWords } from "../compare";

const axis = { stroke: "var(--text-faint)", fontSize: 12, tickLine: false, axisLine: false } as const;
const tip = {
  contentStyle: {
    background: "var(--surface-raised)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    color: "var(--text)",
  },
  labelStyle: { color: "var(--text-quiet)" },
  cursor: { fill: "var(--hover)", stroke: "var(--line-strong)" },
} as const;

/** Day by day: what was made and what was closed. */
export function TrendChart({ trend }: { trend: DashboardFigures["trend"] }) {
  return (
    <ChartWithTable
      title="Created and closed"
      columns={["Day", "Created", "Closed", "Reopened", "Moved", "Comments", "Logged"]}
      rows={trend.map((day) => [
        shortDay(day.date),
        day.created,
        day.closed,
        day.reopened,
        day.moved,
        day.comments,
        hoursWords(day.hours),
      ])}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={trend} margin={{ left: -24, right: 8, top: 4 }} accessibilityLayer>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="date" tickFormatter={(date: string) => shortDay(date)} minTickGap={32} {...axis} />
          <YAxis allowDecimals={false} {...axis} />
          <Tooltip {...tip} labelFormatter={(date) => (typeof date === "string" ? shortDay(date) : "")} />
          <Line
            type="monotone"
            dataKey="created"
            name="Created"
            stroke="var(--text-faint)"
            strokeDasharray="4 3"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            type="monotone"
            dataKey="closed"
            name="Closed"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartWithTable>
  );
}

/** One bar of a distribution. */
export interface Part {
  name: string;
  tasks: number;
  color?: string;
}

/** How tasks spread over a few groups. */
export function DistributionChart({ title, parts }: { title: string; parts: readonly Part[] }) {
  return (
    <ChartWithTable
      title={title}
      columns={["Group", "Tasks"]}
      rows={parts.map(({ name, tasks }) => [name, tasks])}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...parts]} layout="vertical" margin={{ left: 8, right: 24 }} accessibilityLayer>
          <XAxis type="number" allowDecimals={false} hide />
          <YAxis type="category" dataKey="name" width={112} {...axis} stroke="var(--text-quiet)" />
          <Tooltip {...tip} />
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
    </ChartWithTable>
  );
}
