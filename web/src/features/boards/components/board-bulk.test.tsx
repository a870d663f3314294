import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { expect, it } from "vitest";
import { someone } from "@/testing/answers";
import { renderApp } from "@/testing/render-app";
import { card, snapshot } from "@/testing/samples";
import { server } from "@/testing/server";

const cards = [
  card("AB-1", { position: "B", title: "First of all" }),
  card("AB-2", { position: "C", title: "Then this" }),
  card("AB-3", { position: "B", column_id: "right", title: "Finished" }),
];

it("changes the selected cards by key, lists refusals and clears the selection on Escape", async () => {
  const sent: unknown[] = [];
  const problem = {
    type: "/problems/locked",
    title: "Locked",
    status: 423,
    detail: "Bo edits it",
    instance: "",
  };
  server.use(
    http.post("*/api/tasks/bulk", async ({ request }) => {
      sent.push(await request.json());
      const [first, , third] = cards;
      return HttpResponse.json({
        items: [
          { task: "AB-1", status: 200, card: { ...first, priority: "high", version: 2 }, problem: null },
          { task: "AB-3", status: 423, card: null, problem: { ...problem, current: third } },
        ],
      });
    }),
    ...someone(snapshot(cards)),
  );
  renderApp("/p/AB/b/board");
  const user = userEvent.setup();
  await screen.findAllByRole("button", { name: /Add a card to/ });
  for (const title of [/First of all/, /Finished/]) {
    (await screen.findByRole("link", { name: title })).focus();
    await user.keyboard("x");
  }
  expect(screen.getByRole("toolbar", { name: "Selected tasks" })).toHaveTextContent("2 selected");
  expect(screen.getByRole("checkbox", { name: "Select AB-3" })).toBeChecked();
  await user.keyboard("p");
  const choices = await screen.findByRole("dialog", { name: "Priority, 2 tasks" });
  await user.click(within(choices).getByText("High"));
  await waitFor(() => expect(sent).toEqual([{ tasks: ["AB-1", "AB-3"], set: { priority: "high" } }]));
  const refused = await screen.findByRole("dialog", { name: "1 task was not changed" });
  expect(refused).toHaveTextContent("AB-3FinishedBo edits it.");
  await user.click(within(refused).getAllByRole("button", { name: "Close" })[0]!);
  const first = screen.getByRole("link", { name: /First of all/ });
  expect(within(first).getByRole("img", { name: "High priority" })).toBeInTheDocument();

  first.focus();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("toolbar", { name: "Selected tasks" })).not.toBeInTheDocument();
});
