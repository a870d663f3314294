import type { CSSProperties } from "react";

/** How axes, grids and what floats over a chart look, in the tokens of the theme. */
export const axisStyle = {
  tick: { fill: "var(--text-quiet)", fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: "var(--line-strong)" },
  tickMargin: 6,
} as const;

/** The lines behind a chart. */
export const gridStyle = { stroke: "var(--line)", vertical: false } as const;

const floating: CSSProperties = {
  background: "var(--surface-raised)",
  border: "1px solid var(--line)",
  borderRadius: 8,
  boxShadow: "var(--shadow-raised)",
  color: "var(--text)",
  fontSize: 12,
};

/** What floats over the point under the pointer. */
export const tooltipStyle = {
  contentStyle: floating,
  labelStyle: { color: "var(--text)", fontWeight: 600 },
  itemStyle: { color: "var(--text)", padding: 0 },
  cursor: { stroke: "var(--line-strong)", fill: "var(--hover)" },
  isAnimationActive: false,
} as const;

/** The names of the lines; their colour stands beside, not in, the words. */
export function legendText(name: string) {
  return <span style={{ color: "var(--text-quiet)", fontSize: 12 }}>{name}</span>;
}
