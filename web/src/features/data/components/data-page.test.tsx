import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import type { Import, ImportFound } from "@/lib/api/types";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const at = "2026-11-20T10:00:00Z";

const about = (fields: Partial<Import>): Import => ({
  import_id: "AB.i1234",
  project: "AB",
  board_id: null,
  format: "csv",
  name: "tasks.csv",
  size: 20,
  mapping: null,
  choices: {},
  archived: false,
  make_columns: false,
  by: "me",
  state: "checked",
  total: 2,
  done: 0,
  files: 0,
  files_done: 0,
  failed: 1,
  problem_count: 1,
  first_key: null,
  failure: null,
  created_at: at,
  updated_at: at,
  expires_at: at,
  ...fields,
});

let found: ImportFound;
let sent: Record<string, unknown>[] = [];

beforeEach(() => {
  localStorage.clear();
  sent = [];
  found = {
    import: about({}),
    columns: [
      { name: "Was", target: "title", samples: ["Eins"] },
      { name: "Wo", target: "ignored", samples: ["Done"] },
    ],
    preview: [
      {
        line: 2,
        key: null,
        title: "Eins",
        column: "Backlog",
        priority: "medium",
        assignees: [],
        labels: [],
        story_points: null,
        due_date: null,
      },
    ],
    made: { boards: [], columns: [], labels: ["red"], sprints: [], fields: [] },
    choices: [],
    unread: [],
    archived_left_out: 0,
    problems_url: null,
    problems: [{ line: 4, field: "title", message: "must not be empty", left_out: true }],
    next: null,
  };
  server.use(
    http.get("*/api/projects/AB/fields", () => HttpResponse.json({ fields: [], version: 0 })),
    http.get("*/api/imports/AB.i1234", () => HttpResponse.json(found)),
    http.post("*/api/imports/tasks", async ({ request }) => {
      const body = (await request.json()) as Record<string, unknown>;
      sent.push(body);
      if (!body.import_id) {
        const upload = { url: "http://localhost:3000/bucket/", fields: {}, expires_at: at };
        return HttpResponse.json({ ...about({ state: "waiting" }), upload }, { status: 201 });
      }
      if (body.dry_run === false) found = { ...found, import: about({ state: "done", done: 2 }) };
      return HttpResponse.json(found.import, { status: 201 });
    }),
    http.post("*/bucket/", () => new HttpResponse(null, { status: 204 })),
    ...someone(snapshot([card("AB-1")])),
  );
});

it("uploads a file, shows the preview and imports it", async () => {
  const user = userEvent.setup();
  const router = renderApp("/p/AB/data");
  const chooser = await screen.findByLabelText("File to import");
  await user.upload(chooser, new File(["Was;Wo\nEins;Done\n"], "tasks.csv", { type: "text/csv" }));
  expect(await screen.findByLabelText("File type")).toHaveValue("csv");
  await user.click(screen.getByRole("button", { name: "Send and check" }));
  expect(await screen.findByText("must not be empty")).toBeInTheDocument();
  expect(router.state.location.search).toBe("?import=AB.i1234");
  expect(sent).toEqual([
    { project: "AB", format: "csv", name: "tasks.csv", size: 17 },
    { project: "AB", import_id: "AB.i1234", dry_run: true },
  ]);
  await user.selectOptions(screen.getByLabelText("Field for Wo"), "Column");
  await user.click(screen.getByRole("button", { name: "Check again" }));
  await user.click(await screen.findByRole("button", { name: "Import 2 tasks" }));
  expect(await screen.findByText("2 tasks imported.")).toBeInTheDocument();
  expect(sent.slice(2)).toEqual([
    {
      project: "AB",
      import_id: "AB.i1234",
      dry_run: true,
      mapping: { Was: "title", Wo: "column" },
      make_columns: false,
    },
    { project: "AB", import_id: "AB.i1234", dry_run: false },
  ]);
  expect(screen.getByRole("link", { name: "See them on the board" })).toHaveAttribute(
    "href",
    "/p/AB/b/board",
  );
});

it("shows why an import failed and resumes it", async () => {
  found = {
    ...found,
    import: about({ state: "failed", failure: "It broke off.", first_key: "AB-7", done: 1 }),
  };
  const user = userEvent.setup();
  renderApp("/p/AB/data?import=AB.i1234");
  expect(await screen.findByRole("alert")).toHaveTextContent("It broke off.1 task was imported before that.");
  await user.click(screen.getByRole("button", { name: "Resume import" }));
  expect(await screen.findByText("2 tasks imported.")).toBeInTheDocument();
  expect(sent).toEqual([{ project: "AB", import_id: "AB.i1234", dry_run: false }]);
});

it("shows what can be two things with the file's own values, and reads it as chosen", async () => {
  found = {
    ...found,
    choices: [
      {
        column: "Due",
        choice: "date_order",
        value: null,
        source: "open",
        samples: ["05/06/24", "07/08/24", "01/02/24"],
      },
      {
        column: null,
        choice: "time_zone",
        value: "UTC",
        source: "workspace",
        samples: ["2026-11-20T10:00Z"],
      },
    ],
    archived_left_out: 3,
    unread: [{ name: "Votes", values: 7 }],
    problems_url: "http://localhost:3000/bucket/problems.csv",
  };
  const user = userEvent.setup();
  renderApp("/p/AB/data?import=AB.i1234");
  expect(await screen.findByText("05/06/24 · 07/08/24 · 01/02/24")).toBeInTheDocument();
  expect(screen.getByText("Columns that are left out: Votes (7)")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Download all of it as CSV" })).toHaveAttribute(
    "href",
    "http://localhost:3000/bucket/problems.csv",
  );
  await user.selectOptions(screen.getByLabelText("How Due is read"), "Day first");
  await user.click(screen.getByLabelText("Take archived cards along, as archived (3)"));
  await user.click(screen.getByRole("button", { name: "Read it so" }));
  await waitFor(() =>
    expect(sent).toEqual([
      {
        project: "AB",
        import_id: "AB.i1234",
        dry_run: true,
        choices: { columns: { Due: { date_order: "day_first" } } },
        archived: true,
      },
    ]),
  );
});

it("shows how many files will be and were imported", async () => {
  found = { ...found, import: about({ format: "json", files: 12 }) };
  const user = userEvent.setup();
  renderApp("/p/AB/data?import=AB.i1234");
  expect(await screen.findByText("12 files will be imported.")).toBeInTheDocument();
  server.use(
    http.post("*/api/imports/tasks", () => {
      found = { ...found, import: about({ state: "done", done: 2, files: 12, files_done: 11 }) };
      return HttpResponse.json(found.import, { status: 201 });
    }),
  );
  await user.click(screen.getByRole("button", { name: "Import 2 tasks" }));
  expect(
    await screen.findByText("11 of 12 files imported. The others were removed in the meantime."),
  ).toBeInTheDocument();
});

it("shows a not found page for an expired import", async () => {
  server.use(http.get("*/api/imports/AB.i1234", () => refuse(404, "There is no such import here.")));
  renderApp("/p/AB/data?import=AB.i1234");
  expect(await screen.findByText("Import not found")).toBeInTheDocument();
});

it("shows an error when an export fails", async () => {
  server.use(http.post("*/api/exports/tasks", () => refuse(503, "busy")));
  const user = userEvent.setup();
  renderApp("/p/AB/data");
  await user.click(await screen.findByRole("button", { name: "Export as CSV" }));
  expect((await screen.findAllByText(/The project was not exported/)).length).toBeGreaterThan(0);
  expect(screen.getByRole("button", { name: "Export as CSV" })).toBeEnabled();
});
