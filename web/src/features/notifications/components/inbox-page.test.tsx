import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { refuse, someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { notification, snapshot } from "@/testing/samples";
import { server } from "@/testing/server";
import { receiveNotification } from "../api/notifications";

const inbox = [
  notification("2", { at: new Date().toISOString() }),
  notification("1", { kind: "mentioned", tasks: [], task_count: 0, project: "AB", read: true }),
];

const answers = [
  http.get("*/api/notifications", () => HttpResponse.json({ items: inbox, next: null })),
  http.get("*/api/notifications/unread-count", () => HttpResponse.json({ unread_count: 1 })),
];

const bell = async () => (await screen.findAllByRole("button", { name: /^Inbox/ }))[0]!;

it("marks an unread notification as read when it is opened", async () => {
  const read: string[] = [];
  server.use(
    http.post("*/api/notifications/:id/read", ({ params }) => {
      read.push(String(params.id));
      return HttpResponse.json({ unread_count: 0 });
    }),
    ...answers,
    ...someone(snapshot([])),
    http.get("*/api/tasks/*", () => refuse(404, "not here")),
  );
  const router = renderApp("/inbox");
  const today = await screen.findByRole("region", { name: "Today" });
  const row = within(today).getByRole("link", { name: /assigned Title of AB-1 to you/ });
  expect(row).toHaveAccessibleName(/Unread/);
  expect(await bell()).toHaveAccessibleName("Inbox, 1 unread");
  await userEvent.click(row);
  await waitFor(() => expect(router.state.location.pathname).toBe("/p/AB/b/board/t/AB-1"));
  expect(read).toEqual(["2"]);
  await waitFor(async () => expect(await bell()).toHaveAccessibleName("Inbox"));
});

it("increases the count for socket messages and shows a burst once", async () => {
  server.use(...answers, ...someone(snapshot([])));
  renderApp("/inbox");
  await screen.findByRole("region", { name: "Today" });
  act(() => receiveNotification(notification("3", { at: new Date().toISOString(), task_count: 2 }), 2));
  act(() => receiveNotification(notification("3", { at: new Date().toISOString(), task_count: 3 }), 2));
  expect(await bell()).toHaveAccessibleName("Inbox, 2 unread");
  const rows = within(screen.getByRole("region", { name: "Today" })).getAllByRole("link");
  expect(rows.map((row) => row.dataset.notification)).toEqual(["3", "2"]);
  expect(rows[0]).toHaveAccessibleName(/assigned 3 tasks to you/);
});

it("reverts when marking as read fails", async () => {
  server.use(
    http.post("*/api/notifications/read-all", () => refuse(503, "the system is busy")),
    ...answers,
    ...someone(snapshot([])),
  );
  renderApp("/inbox");
  await screen.findByRole("region", { name: "Today" });
  await waitFor(() => expect(screen.getByRole("button", { name: "Mark all as read" })).toBeEnabled());
  await userEvent.click(screen.getByRole("button", { name: "Mark all as read" }));
  expect((await screen.findAllByText(/It is still unread/)).length).toBeGreaterThan(0);
  expect(await bell()).toHaveAccessibleName("Inbox, 1 unread");
});

it("moves between notifications by keyboard", async () => {
  server.use(...answers, ...someone(snapshot([])));
  renderApp("/inbox");
  const rows = await screen.findAllByRole("link", { name: /Alex Okafor/ });
  rows[0]!.focus();
  await userEvent.keyboard("{ArrowDown}");
  expect(rows[1]).toHaveFocus();
  await userEvent.keyboard("k");
  expect(rows[0]).toHaveFocus();
});

it("shows the empty state without notifications", async () => {
  server.use(...someone(snapshot([])));
  renderApp("/inbox");
  expect(await screen.findByText("Nothing here yet")).toBeInTheDocument();
});
