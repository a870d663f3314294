import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { takeEdit } from "@/data/live/edit-store";
import { keepDraft, keptDraft } from "@/data/tasks/drafts";
import type { Move } from "@/lib/api/types";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, event, snapshot, task } from "@/testing/samples";
import { server } from "@/testing/server";

const board = snapshot([
  card("AB-1", { position: "B", title: "First of all", labels: ["bug"], due_date: "2020-01-01" }),
  card("AB-2", { position: "C", title: "Then this", assignees: ["alex"] }),
  card("AB-3", { position: "B", column_id: "right", title: "Finished" }),
]);

const column = (name: string) => screen.findByRole("region", { name: new RegExp(`^${name}`) });
const titles = (region: HTMLElement) =>
  within(region)
    .queryAllByRole("link")
    .map((link) => /AB-\d+/.exec(link.textContent ?? "")?.[0]);

it("shows cards in order and states in words what colours mean", async () => {
  server.use(...someone(board));
  renderApp("/p/AB/b/board");
  const left = await column("Column left");
  await waitFor(() => expect(titles(left)).toEqual(["AB-1", "AB-2"]));
  const first = within(left).getByRole("link", { name: /First of all/ });
  expect(first).toHaveTextContent("Bug");
  expect(first).toHaveTextContent(/Overdue/);
  expect(within(left).getByRole("link", { name: /Then this/ })).toHaveTextContent("AO");
});

it("moves a card by keyboard, announces the move, and reverts it when refused", async () => {
  let refused = false;
  const sent: Move[] = [];
  server.use(
    http.post("*/api/boards/board/move", async ({ request }) => {
      sent.push((await request.json()) as Move);
      if (refused) return refuse(422, "Column left is full");
      return HttpResponse.json(
        card("AB-1", { title: "First of all", column_id: "right", position: "A", version: 2 }),
      );
    }),
    ...someone(board),
  );
  renderApp("/p/AB/b/board");
  const user = userEvent.setup();
  const left = await column("Column left");
  const right = await column("Column right");
  await screen.findAllByRole("button", { name: /Add a card to/ });
  (await within(left).findByRole("link", { name: /First of all/ })).focus();
  await user.keyboard("]");
  await waitFor(() => expect(titles(right)).toEqual(["AB-1", "AB-3"]));
  expect(document.querySelector("[data-announcer]")).toHaveTextContent(
    "AB-1 moved to Column right, position 1 of 2",
  );
  await waitFor(() => expect(sent).toHaveLength(1));

  refused = true;
  within(right)
    .getByRole("link", { name: /First of all/ })
    .focus();
  await user.keyboard("[[");
  expect(await screen.findByText("AB-1 was not moved. Column left is full.")).toBeInTheDocument();
  await waitFor(() => expect(titles(right)).toEqual(["AB-1", "AB-3"]));
});

it("filters while typing and keeps the filter in the address", async () => {
  server.use(...someone(board));
  const router = renderApp("/p/AB/b/board");
  const user = userEvent.setup();
  const left = await column("Column left");
  await waitFor(() => expect(titles(left)).toHaveLength(2));
  await user.keyboard("/");
  expect(screen.getByLabelText("Filter by text")).toHaveFocus();
  await user.keyboard("then");
  await waitFor(() => expect(titles(left)).toEqual(["AB-2"]));
  await waitFor(() => expect(router.state.location.search).toBe("?q=then"));
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => expect(titles(left)).toHaveLength(2));
});

it("adds a card, and keeps the text when the server refuses it", async () => {
  let refused = true;
  server.use(
    http.post("*/api/projects/AB/tasks", () =>
      refused
        ? refuse(422, "the title is odd")
        : HttpResponse.json(task("AB-9", { title: "Something new", position: "Z" }), { status: 201 }),
    ),
    ...someone(board),
  );
  renderApp("/p/AB/b/board");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Add a card to Column left" }));
  await user.keyboard("Something new{Enter}");
  expect(await screen.findByText(/The card was not added. The title is odd./)).toBeInTheDocument();
  const box = screen.getByLabelText("Title of the new card in Column left");
  expect(box).toHaveValue("Something new");
  refused = false;
  await user.type(box, "{Enter}");
  await waitFor(async () => expect(titles(await column("Column left"))).toContain("AB-9"));
  expect(box).toHaveValue("");
});

it("opens and closes a task at its own address", async () => {
  server.use(
    http.get("*/api/tasks/AB-2", () =>
      HttpResponse.json(task("AB-2", { title: "Then this", description: "**Bold**" })),
    ),
    http.get("*/api/tasks/AB-2/history", () => HttpResponse.json({ items: [], next: null })),
    ...someone(board),
  );
  const router = renderApp("/p/AB/b/board?q=t");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("link", { name: /Then this/ }));
  expect(await screen.findByLabelText("Title")).toHaveValue("Then this");
  expect(await screen.findByText("Bold")).toBeInTheDocument();
  expect(router.state.location.pathname).toBe("/p/AB/b/board/t/AB-2");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/p/AB/b/board"));
  expect(router.state.location.search).toBe("?q=t");
});

it("offers to try again when the board does not load", async () => {
  let broken = true;
  server.use(
    http.get("*/api/boards/board", () =>
      broken ? refuse(404, "there is no such board") : HttpResponse.json(board),
    ),
    ...someone(board),
  );
  renderApp("/p/AB/b/board");
  expect(await screen.findByText("Board not found")).toBeInTheDocument();
  broken = false;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await column("Column left")).toBeInTheDocument();
});

it("shows board activity with links to tasks, and loads older entries on demand", async () => {
  const news = [
    event("e3", "task.created", { task: "AB-2" }),
    event("e2", "board.updated"),
    event("e1", "task.archived", { task: "AB-7", data: { card: card("AB-7", { title: "Put away" }) } }),
  ];
  const asked: (string | null)[] = [];
  server.use(
    http.get("*/api/projects/AB/fields", () => HttpResponse.json({ fields: [], version: 0 })),
    http.get("*/api/boards/board/events", ({ request }) => {
      const cursor = new URL(request.url).searchParams.get("cursor");
      asked.push(cursor);
      return cursor
        ? HttpResponse.json({ items: news.slice(2), next: null })
        : HttpResponse.json({ items: news.slice(0, 2), next: "older" });
    }),
    ...someone(board),
  );
  renderApp("/p/AB/b/board");
  const user = userEvent.setup();
  await column("Column left");
  await user.keyboard("h");
  const drawer = await screen.findByRole("complementary", { name: "Activity" });
  expect(await within(drawer).findByText(/created this task/)).toBeInTheDocument();
  expect(within(drawer).getByText(/changed the board/)).toBeInTheDocument();
  expect(within(drawer).getByRole("link", { name: "AB-2 Then this" })).toHaveAttribute(
    "href",
    "/p/AB/b/board/t/AB-2",
  );
  await user.click(within(drawer).getByRole("button", { name: "Show older" }));
  expect(await within(drawer).findByRole("link", { name: "AB-7 Put away" })).toBeInTheDocument();
  expect(asked).toEqual([null, "older"]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(drawer).not.toBeInTheDocument());
});

it("shows who is editing on the card and the field, and locks the field for others", async () => {
  server.use(
    http.get("*/api/projects/AB/fields", () => HttpResponse.json({ fields: [], version: 0 })),
    http.get("*/api/tasks/AB-2", () => HttpResponse.json(task("AB-2", { title: "Then this" }))),
    http.get("*/api/tasks/AB-2/history", () => HttpResponse.json({ items: [], next: null })),
    ...someone(board),
  );
  renderApp("/p/AB/b/board/t/AB-2");
  const title = await screen.findByLabelText("Title");
  expect(title).not.toHaveAttribute("readonly");
  const news = { task: "AB-2", field: "title", person: { id: "alex", name: "Alex" } };
  act(() => takeEdit({ ...news, editing: true, until: null }));
  expect(title).toHaveAttribute("readonly");
  const left = await column("Column left");
  expect(within(left).getByRole("link", { name: /Then this/ })).toHaveTextContent("Alex is editing");
  const panel = screen.getByRole("complementary", { name: "Task AB-2" });
  expect(within(panel).getByText(/You can write here when they are done/)).toBeInTheDocument();
  act(() => takeEdit({ ...news, editing: false, until: null }));
  expect(title).not.toHaveAttribute("readonly");
  expect(within(left).getByRole("link", { name: /Then this/ })).not.toHaveTextContent("is editing");
});

it("restores an unsaved title after the page was closed", async () => {
  const sent: unknown[] = [];
  server.use(
    http.get("*/api/projects/AB/fields", () => HttpResponse.json({ fields: [], version: 0 })),
    http.get("*/api/tasks/AB-2", () => HttpResponse.json(task("AB-2", { title: "Then this" }))),
    http.get("*/api/tasks/AB-2/history", () => HttpResponse.json({ items: [], next: null })),
    http.patch("*/api/tasks/AB-2", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(task("AB-2", { title: "Then that", version: 2 }));
    }),
    ...someone(board),
  );
  keepDraft("AB-2", "title", { text: "Then that", seen: { version: 1, values: { title: "Then this" } } });
  renderApp("/p/AB/b/board/t/AB-2");
  expect(await screen.findByLabelText("Title")).toHaveValue("Then that");
  await screen.findByText("This title is not saved yet.");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent).toEqual([{ title: "Then that" }]));
  await waitFor(() => expect(screen.queryByText("This title is not saved yet.")).not.toBeInTheDocument());
  expect(keptDraft("AB-2", "title")).toBeNull();
});
