import { http, HttpResponse } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { runLatestAction } from "@/components/ui/toast-store";
import * as toasts from "@/components/ui/toast-store";
import { boardQuery, updateBoard } from "@/data/boards/board-query";
import { cardsOf, fromSnapshot, putCard } from "@/data/boards/board-state";
import { boardView } from "@/data/boards/use-board";
import type { BulkSet } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { card, snapshot } from "@/testing/samples";
import { server } from "@/testing/server";
import * as store from "../bulk-store";
import { changeMany } from "./bulk-writes";

interface Sent {
  tasks: (string | { task: string; version: number; position?: string })[];
  set: BulkSet;
}

const before = [
  card("AB-1", { position: "B", priority: "low" }),
  card("AB-2", { position: "C", priority: "medium" }),
  card("AB-3", { position: "D", priority: "low", column_id: "right" }),
];
const shown = (key: string) => boardView("board")?.cards.get(key);
const stale = {
  type: "/problems/stale",
  title: "Stale",
  status: 412,
  detail: "This is not the current version",
  instance: "",
};

beforeEach(() => {
  store.showRefused([]);
  queryClient.setQueryData(boardQuery("board").queryKey, fromSnapshot(snapshot(before)));
});

it("shows a bulk change at once, lists refused tasks, and undoes only unchanged ones", async () => {
  const sent: Sent[] = [];
  const refused = vi.spyOn(store, "showRefused");
  server.use(
    http.post("*/api/tasks/bulk", async ({ request }) => {
      const body = (await request.json()) as Sent;
      sent.push(body);
      if (sent.length === 1) expect(shown("AB-3")?.priority).toBe("urgent");
      const items = body.tasks.map((named) => {
        const key = typeof named === "string" ? named : named.task;
        const known = boardView("board")!.cards.get(key)!;
        // The second refuses at first, and somebody changes the third before it is put back.
        if (key === (sent.length === 1 ? "AB-2" : "AB-3"))
          return { task: key, status: 412, card: null, problem: stale };
        return {
          task: key,
          status: 200,
          card: { ...known, ...body.set, version: known.version + 1 },
          problem: null,
        };
      });
      return HttpResponse.json({ items });
    }),
  );
  await changeMany("board", "AB", before, { priority: "urgent" }, (tasks) => `Changed ${tasks}`);
  expect(sent[0]).toEqual({ tasks: ["AB-1", "AB-2", "AB-3"], set: { priority: "urgent" } });
  expect([shown("AB-1")?.priority, shown("AB-2")?.priority]).toEqual(["urgent", "medium"]);
  const why = "This is not the current version.";
  expect(refused).toHaveBeenLastCalledWith([{ task: "AB-2", title: "Title of AB-2", why }]);

  const said = vi.spyOn(toasts, "toast");
  expect(runLatestAction()).toBe(true);
  await vi.waitFor(() => expect(said).toHaveBeenLastCalledWith("Undid the change to 1 task"));
  expect(sent[1]).toEqual({
    tasks: [
      { task: "AB-1", version: 2 },
      { task: "AB-3", version: 2 },
    ],
    set: { priority: "low" },
  });
  expect(shown("AB-1")?.priority).toBe("low");
  expect(refused).toHaveBeenLastCalledWith([{ task: "AB-3", title: "Title of AB-3", why }]);
});

it("takes archived tasks off the board, and moves others to the bottom of a column", async () => {
  server.use(
    http.post("*/api/tasks/bulk", async ({ request }) => {
      const { tasks, set } = (await request.json()) as Sent;
      const items = (tasks as string[]).map((key) => {
        const known = before.find((item) => item.key === key)!;
        const moved = set.column_id ? { column_id: set.column_id, position: "E" } : { archived: true };
        return { task: key, status: 200, card: { ...known, ...moved, version: 2 }, problem: null };
      });
      return HttpResponse.json({ items });
    }),
  );
  const changed = changeMany(
    "board",
    "AB",
    before.slice(0, 1),
    { column_id: "right" },
    (tasks) => `Moved ${tasks}`,
  );
  expect(cardsOf(boardView("board")!, "right").map(({ key }) => key)).toEqual(["AB-3", "AB-1"]);
  await changed;
  expect(cardsOf(boardView("board")!, "right").map(({ key }) => key)).toEqual(["AB-3", "AB-1"]);
  await changeMany("board", "AB", before.slice(1), { archived: true }, (tasks) => `Archived ${tasks}`);
  expect([...boardView("board")!.cards.keys()]).toEqual(["AB-1"]);
  updateBoard("board", (state) => putCard(state, card("AB-2")));
  expect([...boardView("board")!.cards.keys()]).toEqual(["AB-1"]);
});

it("undoes a bulk move to the previous place at once", async () => {
  const sent: Sent[] = [];
  const left = () => cardsOf(boardView("board")!, "left").map(({ key }) => key);
  server.use(
    http.post("*/api/tasks/bulk", async ({ request }) => {
      const body = (await request.json()) as Sent;
      sent.push(body);
      if (sent.length === 2) expect(left()).toEqual(["AB-1", "AB-2"]);
      const items = body.tasks.map((named) => {
        const { task, position } =
          typeof named === "string" ? { task: named, position: "W" } : { position: "W", ...named };
        const known = before.find((item) => item.key === task)!;
        const moved = { column_id: body.set.column_id!, position, version: 1 + sent.length };
        return { task, status: 200, card: { ...known, ...moved }, problem: null };
      });
      return HttpResponse.json({ items });
    }),
  );
  await changeMany("board", "AB", before.slice(0, 1), { column_id: "right" }, (tasks) => `Moved ${tasks}`);
  expect(left()).toEqual(["AB-2"]);
  const said = vi.spyOn(toasts, "toast");
  expect(runLatestAction()).toBe(true);
  await vi.waitFor(() => expect(said).toHaveBeenLastCalledWith("Undid the change to 1 task"));
  expect(sent[1]?.tasks).toEqual([{ task: "AB-1", version: 2, position: "B" }]);
  expect(left()).toEqual(["AB-1", "AB-2"]);
});

it("reverts a bulk change when the server cannot be reached", async () => {
  server.use(http.post("*/api/tasks/bulk", () => HttpResponse.error()));
  const said = vi.spyOn(toasts, "problemToast");
  const changed = changeMany("board", "AB", before, { add_labels: ["bug"] }, (tasks) => `Labelled ${tasks}`);
  expect(shown("AB-1")?.labels).toEqual(["bug"]);
  await changed;
  expect(shown("AB-1")?.labels).toEqual([]);
  expect(said.mock.lastCall?.[0]).toMatch(/^3 tasks could not be changed\. /);
});
