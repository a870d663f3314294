import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, snapshot, sprint } from "@/testing/samples";
import { server } from "@/testing/server";

const cards = [
  card("AB-1", { position: "B", title: "First of all", story_points: 3 }),
  card("AB-2", { position: "C", title: "Then this", story_points: 5 }),
  card("AB-3", { position: "D", title: "Planned already", sprint_id: "s1", story_points: 2 }),
];
const next = sprint("s1", { name: "Sprint 1", capacity: 8 });

const answers = (sprints: unknown[]) => [
  http.get("*/api/projects/AB/sprints", () => HttpResponse.json({ items: sprints, next: null })),
  ...someone(snapshot(cards)),
];

beforeEach(() => {
  // Without a layout nothing would be in sight, and only what is in sight is drawn.
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(1000);
});

it("plans tasks by keyboard, updates the load at once and reverts when refused", async () => {
  let refused = false;
  let stands = cards;
  const sent: unknown[] = [];
  server.use(
    http.get("*/api/boards/board", () => HttpResponse.json(snapshot(stands))),
    http.put("*/api/sprints/s1/tasks", async ({ request }) => {
      const body = (await request.json()) as { add?: string[] };
      sent.push(body);
      if (refused) return refuse(409, "The sprint is closed");
      stands = cards.map((item) =>
        body.add?.includes(item.key) ? { ...item, sprint_id: "s1", version: 2 } : item,
      );
      return HttpResponse.json({ tasks: stands.filter(({ key }) => body.add?.includes(key)) });
    }),
    ...answers([next]),
  );
  renderApp("/p/AB/backlog/board");
  const user = userEvent.setup();
  expect(await screen.findByText("2 of 8 points")).toBeInTheDocument();
  (await screen.findByRole("link", { name: /First of all/ })).focus();
  await user.keyboard("x");
  expect(screen.getByRole("toolbar", { name: "Selected tasks" })).toHaveTextContent("1 selected, 3 points");
  await user.keyboard("s");
  const dialog = await screen.findByRole("dialog", { name: "Move AB-1" });
  await user.click(within(dialog).getByText("Sprint 1"));
  expect(await screen.findByText("5 of 8 points")).toBeInTheDocument();
  await waitFor(() => expect(sent).toEqual([{ add: ["AB-1"] }]));
  expect(document.querySelector("[data-announcer]")).toHaveTextContent("AB-1 moved to Sprint 1");

  refused = true;
  (await screen.findByRole("link", { name: /Then this/ })).focus();
  await user.keyboard("[[");
  expect(await screen.findByText("AB-2 was not moved. The sprint is closed.")).toBeInTheDocument();
  expect(await screen.findByText("5 of 8 points")).toBeInTheDocument();
});

it("shows the empty state and plans a sprint", async () => {
  const made: unknown[] = [];
  server.use(
    http.post("*/api/projects/AB/sprints", async ({ request }) => {
      made.push(await request.json());
      return HttpResponse.json(next, { status: 201 });
    }),
    ...answers([]),
  );
  renderApp("/p/AB/backlog/board");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Plan a sprint" }));
  const dialog = await screen.findByRole("dialog", { name: "Plan a sprint" });
  const last = within(dialog).getByLabelText("Last day");
  await user.clear(last);
  await user.type(last, "2020-01-01");
  expect(within(dialog).getByText("Is before the sprint starts.")).toBeInTheDocument();
  await user.click(within(dialog).getByRole("button", { name: "Plan sprint" }));
  expect(made).toEqual([]);
  await user.clear(last);
  await user.type(last, "2099-01-01");
  await user.type(within(dialog).getByLabelText("Capacity"), "20");
  await user.click(within(dialog).getByRole("button", { name: "Plan sprint" }));
  await waitFor(() => expect(made).toHaveLength(1));
  expect(made[0]).toMatchObject({ name: "Sprint 1", end_date: "2099-01-01", capacity: 20 });
});

it("renders only the visible rows of a thousand tasks", async () => {
  const thousand = Array.from({ length: 1000 }, (_, index) =>
    card(`AB-${index + 1}`, { position: String(index).padStart(4, "0"), title: `Task ${index + 1}` }),
  );
  server.use(
    http.get("*/api/boards/board", () => HttpResponse.json(snapshot(thousand))),
    ...answers([next]),
  );
  renderApp("/p/AB/backlog/board");
  expect(await screen.findByText("1000 tasks")).toBeInTheDocument();
  const rows = () => document.querySelectorAll("[data-backlog-task]").length;
  expect(rows()).toBeGreaterThan(15);
  expect(rows()).toBeLessThan(60);
});
