import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import type { Report } from "@/lib/api/types";
import { refuse, signedIn, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const at = "2026-01-05T09:00:00Z";

const report = (more: Partial<Report>): Report => ({
  id: "rep_1",
  request: { kind: "tasks", format: "csv", project: "AB", from: null, to: null },
  subject: "AB",
  state: "done",
  progress: 100,
  rows: 12,
  size: 2048,
  file_name: "AB-tasks-2026-01-05.csv",
  reason: null,
  created_at: at,
  finished_at: at,
  expires_at: "2026-02-04T09:00:00Z",
  version: 4,
  ...more,
});

const page = (reports: () => Report[]) => [
  ...someone(snapshot([])),
  http.get("*/api/reports", () => HttpResponse.json({ items: reports(), next: null })),
  http.get("*/api/workspaces/w/members", () => HttpResponse.json({ items: [signedIn.user], next: null })),
  http.get("*/api/projects/AB/sprints", () => HttpResponse.json({ items: [], next: null })),
];

it("requests the selected report and shows its progress", async () => {
  const asked: unknown[] = [];
  const known: Report[] = [];
  server.use(
    ...page(() => known),
    http.post("*/api/reports", async ({ request }) => {
      asked.push(await request.json());
      const made = report({ state: "running", progress: 60, rows: null, size: null });
      known.unshift(made);
      return HttpResponse.json(made, { status: 201 });
    }),
  );
  renderApp("/reports?kind=tasks&project=AB&format=csv");
  const form = await screen.findByRole("form", { name: "New report" });
  await screen.findByText("No reports yet");
  await userEvent.selectOptions(await within(form).findByLabelText("Status"), "Done");
  await userEvent.click(within(form).getByRole("button", { name: "Create report" }));
  const progress = await screen.findByRole("progressbar", { name: "Progress of Tasks of AB" });
  expect(progress.getAttribute("aria-valuenow")).toBe("60");
  expect(asked).toEqual([{ kind: "tasks", format: "csv", project: "AB", status: ["done"] }]);
});

it("shows why a report failed and retries it", async () => {
  const asked: unknown[] = [];
  const failed = report({
    state: "failed",
    reason: "There is no such project here.",
    rows: null,
    size: null,
  });
  server.use(
    ...page(() => [failed]),
    http.post("*/api/reports", async ({ request }) => {
      asked.push(await request.json());
      return refuse(404, "There is no such project here.");
    }),
  );
  renderApp("/reports");
  await screen.findByText("Failed: There is no such project here.");
  await userEvent.click(screen.getByRole("button", { name: "Try Tasks of AB again" }));
  await waitFor(() => expect(asked).toEqual([failed.request]));
  expect((await screen.findAllByText(/Tasks of AB was not created\./)).length).toBeGreaterThan(0);
});

it("refuses an incomplete form without a request and keeps the selection", async () => {
  server.use(...page(() => [report({})]));
  renderApp("/reports?kind=sprint&project=AB");
  const form = await screen.findByRole("form", { name: "New report" });
  await userEvent.click(within(form).getByRole("button", { name: "Create report" }));
  expect((await within(form).findByRole("alert")).textContent).toBe("Choose a sprint.");
  expect(await screen.findByText(/CSV, 12 rows, 2 KB/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Download AB-tasks-2026-01-05.csv" })).toBeTruthy();
});

it("loads older reports page by page without duplicates", async () => {
  const old = report({ id: "rep_old", subject: "CD", file_name: "CD-tasks.csv" });
  server.use(
    http.get("*/api/reports", ({ request }) => {
      const after = new URL(request.url).searchParams.get("cursor");
      return HttpResponse.json(
        after === "signed"
          ? { items: [report({}), old], next: null }
          : { items: [report({})], next: "signed" },
      );
    }),
    ...page(() => []),
  );
  renderApp("/reports");
  await userEvent.click(await screen.findByRole("button", { name: "Show more" }));
  await screen.findByRole("button", { name: "Download CD-tasks.csv" });
  expect(screen.getAllByRole("button", { name: "Download AB-tasks-2026-01-05.csv" })).toHaveLength(1);
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
});
