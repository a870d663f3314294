import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { axisStyle, gridStyle, legendText, tooltipStyle } from "@/components/ui/chart-style";
import type { Velocity } from "@/lib/api/types";
import type { SprintPoint } from "@/data/sprints/sprint-figures";

const margin = { top: 12, right: 16, bottom: 0, left: -12 };

/** What is left, day by day, beside the even way down. */
export function BurndownChart({ points }: { points: SprintPoint[] }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis dataKey="label" {...axisStyle} minTickGap={16} />
        <YAxis {...axisStyle} axisLine={false} allowDecimals={false} />
        <Tooltip {...tooltipStyle} />
        <Legend formatter={legendText} />
        <Line
          name="Ideal"
          dataKey="ideal"
          stroke="var(--text-faint)"
          strokeDasharray="5 4"
          dot={false}
          isAnimationActive={false}
        />
        <Line
          name="Scope"
          dataKey="scope"
          type="stepAfter"
          stroke="var(--status-review)"
          strokeDasharray="2 3"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          name="Remaining"
          dataKey="remaining"
          stroke="var(--accent-line)"
          strokeWidth={2.5}
          dot={{ r: 3, fill: "var(--accent-line)", strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** What is done, day by day, under all that there is to do. */
export function BurnupChart({ points }: { points: SprintPoint[] }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={points} margin={margin}>
        <CartesianGrid {...gridStyle} />
        <XAxis dataKey="label" {...axisStyle} minTickGap={16} />
        <YAxis {...axisStyle} axisLine={false} allowDecimals={false} />
        <Tooltip {...tooltipStyle} />
        <Legend formatter={legendText} />
        <Line
          name="Scope"
          dataKey="scope"
          type="stepAfter"
          stroke="var(--status-review)"
          strokeDasharray="5 4"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
        <Line
          name="Completed"
          dataKey="completed"
          stroke="var(--status-done)"
          strokeWidth={2.5}
          dot={{ r: 3, fill: "var(--status-done)", strokeWidth: 0 }}
          isAnimationActive={false}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

/** What was committed to and done in the last sprints. */
export function VelocityChart({ velocity }: { velocity: Velocity }) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={velocity.sprints} margin={margin} barGap={2}>
        <CartesianGrid {...gridStyle} />
        <XAxis dataKey="name" {...axisStyle} />
        <YAxis {...axisStyle} axisLine={false} allowDecimals={false} />
        <Tooltip {...tooltipStyle} />
        <Legend formatter={legendText} />
        {velocity.average != null && (
          <ReferenceLine
            y={velocity.average}
            stroke="var(--text-faint)"
            strokeDasharray="5 4"
            label={{
              value: `Average ${velocity.average}`,
              fill: "var(--text-quiet)",
              fontSize: 12,
              position: "insideTopRight",
            }}
          />
        )}
        <Bar
          name="Committed"
          dataKey="committed_points"
          fill="var(--status-backlog)"
          maxBarSize={36}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
        <Bar
          name="Completed"
          dataKey="completed_points"
          fill="var(--status-done)"
          maxBarSize={36}
          radius={[3, 3, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
