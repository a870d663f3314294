import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { DashboardFigures } from "@/lib/api/types";
import { signedIn, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const none = { created: 0, closed: 0, reopened: 0, moved: 0, comments: 0, hours: 0, cycle_hours: null };
const some = { ...none, created: 3, closed: 1 };
const statuses = ["backlog", "todo", "in_progress", "review", "done"] as const;

const figures = (more: Partial<DashboardFigures>): DashboardFigures => ({
  from: "2026-01-01",
  to: "2026-01-02",
  today: some,
  last_7_days: { now: some, before: none },
  last_30_days: { now: some, before: none },
  trend: [
    { date: "2026-01-01", ...none },
    { date: "2026-01-02", ...some },
  ],
  open: 2,
  overdue: 0,
  by_status: statuses.map((status) => ({ status, tasks: status === "todo" ? 2 : 0 })),
  workload: [{ person: "me", open: 2, points: 3, overdue: 0 }],
  contributors: [{ person: "me", ...some }],
  drifts: [],
  ...more,
});

const page = (answer: (asked: URLSearchParams) => DashboardFigures) => [
  ...someone(snapshot([])),
  http.get("*/api/workspaces/w/members", () => HttpResponse.json({ items: [signedIn.user], next: null })),
  http.get("*/api/teams", () =>
    HttpResponse.json({ items: [{ id: "team_1", name: "Shop", members: ["me"] }], next: null }),
  ),
  http.get("*/api/projects/AB/labels", () =>
    HttpResponse.json({ items: [{ id: "lbl_1", name: "bug", color: "#c92a2a", version: 1 }], next: null }),
  ),
  http.get("*/api/analytics/dashboard", ({ request }) =>
    HttpResponse.json(answer(new URL(request.url).searchParams)),
  ),
];

it("filters figures by the address and says which are not available", async () => {
  const asked: string[] = [];
  server.use(
    ...page((search) => {
      asked.push(search.toString());
      return search.has("label") ? figures({ workload: [], contributors: [] }) : figures({});
    }),
  );
  renderApp("/dashboard?who=team_1");
  const user = userEvent.setup();
  const bar = await screen.findByRole("search", { name: "Figures" });
  expect(await within(bar).findByRole("option", { name: "Shop" })).toBeInTheDocument();
  expect(within(bar).getByLabelText("Person or team")).toHaveValue("team_1");
  expect(within(bar).getByLabelText("Label")).toBeDisabled();
  await user.selectOptions(await within(bar).findByLabelText("Project"), "AB");
  await within(bar).findByRole("option", { name: "bug" });
  await user.selectOptions(within(bar).getByLabelText("Label"), "lbl_1");
  const people = await screen.findByRole("region", { name: "Open tasks by person" });
  expect(await within(people).findByText(/^Not available for a single label/)).toBeInTheDocument();
  expect(within(bar).getByLabelText("Person or team")).toHaveValue("");
  expect(asked).toContain("team=team_1");
  expect(asked.at(-1)).toBe("project=AB&label=lbl_1");
});

it("requests no invalid range and shows an empty state for no activity", async () => {
  const asked: string[] = [];
  server.use(
    ...page((search) => {
      asked.push(search.toString());
      return figures({ trend: [{ date: "2026-01-01", ...none }], workload: [], contributors: [] });
    }),
  );
  renderApp("/dashboard?from=2026-01-01&to=2026-01-01");
  const trend = await screen.findByRole("region", { name: "Created and closed" });
  expect(within(trend).getByText("No activity in this period.")).toBeInTheDocument();
  expect(within(trend).queryByRole("button")).not.toBeInTheDocument();
  const user = userEvent.setup();
  await user.clear(screen.getByLabelText("First day"));
  await user.type(screen.getByLabelText("First day"), "2026-02-01");
  expect(await screen.findByText("The last day is before the first.")).toBeInTheDocument();
  expect(asked).not.toContain("from=2026-02-01&to=2026-01-01");
});
