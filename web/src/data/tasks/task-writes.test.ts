import { QueryObserver } from "@tanstack/react-query";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runLatestAction } from "@/components/ui/toast-store";
import * as toasts from "@/components/ui/toast-store";
import { boardQuery, updateBoard } from "@/data/boards/board-query";
import { cardsOf, fromSnapshot, putCard } from "@/data/boards/board-state";
import { boardView } from "@/data/boards/use-board";
import type { Move, TaskChange } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { card, snapshot, task } from "@/testing/samples";
import { server } from "@/testing/server";
import { archiveTask, changeTask, createTask, moveCard, seenOf } from "./task-writes";
import { askAboutConflict } from "./conflict-store";

vi.mock("./conflict-store", { spy: true });

const order = (column: string) => cardsOf(boardView("board")!, column).map(({ key }) => key);
const problem = (status: number, detail: string, more: object = {}) =>
  HttpResponse.json({ title: "Refused", status, detail, ...more }, { status });

beforeEach(() => {
  queryClient.setQueryData(
    boardQuery("board").queryKey,
    fromSnapshot(
      snapshot([
        card("AB-1", { position: "B" }),
        card("AB-2", { position: "C" }),
        card("AB-3", { position: "D", column_id: "right" }),
      ]),
    ),
  );
});

describe("moving a card", () => {
  it("shows at once and then with the server’s values", async () => {
    const sent: Move[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    server.use(
      http.post("*/api/boards/board/move", async ({ request }) => {
        sent.push((await request.json()) as Move);
        await held;
        return HttpResponse.json(card("AB-1", { column_id: "right", position: "E", version: 2 }));
      }),
    );
    const moved = moveCard("board", "AB-1", { column: "right", before: "AB-3" });
    expect(order("right")).toEqual(["AB-1", "AB-3"]);
    release();
    expect(await moved).toBe(true);
    expect(sent).toEqual([{ task: "AB-1", from_column: "left", to_column: "right", before: "AB-3" }]);
    expect(order("right")).toEqual(["AB-3", "AB-1"]);
  });

  it("is reverted with a reason when refused", async () => {
    server.use(
      http.post("*/api/boards/board/move", () => problem(422, "Right is full: its limit is 1 card")),
    );
    const said = vi.spyOn(toasts, "problemToast");
    const moved = moveCard("board", "AB-1", { column: "right", before: null });
    expect(order("right")).toEqual(["AB-3", "AB-1"]);
    expect(await moved).toBe(false);
    expect(order("left")).toEqual(["AB-1", "AB-2"]);
    expect(said).toHaveBeenCalledWith("AB-1 was not moved. Right is full: its limit is 1 card.");
  });

  it("is reverted without a network", async () => {
    server.use(http.post("*/api/boards/board/move", () => HttpResponse.error()));
    expect(await moveCard("board", "AB-1", { column: "right", before: null })).toBe(false);
    expect(order("left")).toEqual(["AB-1", "AB-2"]);
  });

  it("reverts only itself and keeps changes by others", async () => {
    server.use(
      http.post("*/api/boards/board/move", () => {
        updateBoard("board", (state) =>
          putCard(state, card("AB-2", { column_id: "right", position: "A", version: 5 })),
        );
        return problem(422, "no");
      }),
    );
    await moveCard("board", "AB-1", { column: "right", before: null });
    expect(order("left")).toEqual(["AB-1"]);
    expect(order("right")).toEqual(["AB-2", "AB-3"]);
  });

  it("reloads the board when someone else moved the card first", async () => {
    let reads = 0;
    server.use(
      http.post("*/api/boards/board/move", () => problem(409, "the card is no longer there")),
      http.get("*/api/boards/board", () => {
        reads += 1;
        return HttpResponse.json(
          snapshot([card("AB-1", { column_id: "right", version: 4 })], { cursor: "e9" }),
        );
      }),
    );
    const watch = new QueryObserver(queryClient, boardQuery("board")).subscribe(() => undefined);
    await moveCard("board", "AB-1", { column: "right", before: null });
    await vi.waitFor(() => expect(reads).toBe(1));
    await vi.waitFor(() => expect(order("right")).toEqual(["AB-1"]));
    watch();
  });

  it("twice in a row starts the second from where the first ended", async () => {
    const from: string[] = [];
    server.use(
      http.post("*/api/boards/board/move", async ({ request }) => {
        const move = (await request.json()) as Move;
        from.push(move.from_column);
        return HttpResponse.json(
          card("AB-1", { column_id: move.to_column, position: "A", version: 1 + from.length }),
        );
      }),
    );
    const first = moveCard("board", "AB-1", { column: "right", before: null });
    const second = moveCard("board", "AB-1", { column: "left", before: "AB-2" });
    await Promise.all([first, second]);
    expect(from).toEqual(["left", "right"]);
    expect(order("left")).toEqual(["AB-1", "AB-2"]);
  });

  it("can be undone", async () => {
    const sent: Move[] = [];
    server.use(
      http.post("*/api/boards/board/move", async ({ request }) => {
        const move = (await request.json()) as Move;
        sent.push(move);
        return HttpResponse.json(
          card("AB-1", { column_id: move.to_column, position: "A", version: 1 + sent.length }),
        );
      }),
    );
    await moveCard("board", "AB-1", { column: "right", before: null });
    expect(runLatestAction()).toBe(true);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toEqual({ task: "AB-1", from_column: "right", to_column: "left", before: "AB-2" });
  });

  it("sends no request when the place does not change", async () => {
    expect(await moveCard("board", "AB-1", { column: "left", before: "AB-2" })).toBe(false);
  });
});

describe("changing a task", () => {
  const change = { title: "Mine" };
  const seen = () => seenOf(card("AB-1"), change);

  it("sends only what changed, and the version that was seen", async () => {
    const sent: unknown[] = [];
    server.use(
      http.patch("*/api/tasks/AB-1", async ({ request }) => {
        sent.push(request.headers.get("If-Match"), await request.json());
        return HttpResponse.json(task("AB-1", { title: "Mine", version: 2, position: "B" }));
      }),
    );
    expect(await changeTask("board", "AB-1", change, seen())).toBe(true);
    expect(sent).toEqual(['"1"', { title: "Mine" }]);
    expect(boardView("board")?.cards.get("AB-1")).toMatchObject({ title: "Mine", version: 2 });
  });

  it("keeps both when someone else changed another field", async () => {
    const versions: (string | null)[] = [];
    server.use(
      http.patch("*/api/tasks/AB-1", ({ request }) => {
        versions.push(request.headers.get("If-Match"));
        if (versions.length > 1) {
          return HttpResponse.json(task("AB-1", { title: "Mine", priority: "high", version: 6 }));
        }
        return problem(412, "changed", {
          current: task("AB-1", { title: "Title of AB-1", priority: "high", version: 5 }),
        });
      }),
    );
    expect(await changeTask("board", "AB-1", change, seen())).toBe(true);
    expect(versions).toEqual(['"1"', '"5"']);
    expect(askAboutConflict).not.toHaveBeenCalled();
  });

  it("asks when someone else changed the same field and sends the selection", async () => {
    const sent: TaskChange[] = [];
    server.use(
      http.patch("*/api/tasks/AB-1", async ({ request }) => {
        sent.push((await request.json()) as TaskChange);
        if (sent.length > 1) return HttpResponse.json(task("AB-1", { title: "Both", version: 6 }));
        return problem(412, "changed", { current: task("AB-1", { title: "Theirs", version: 5 }) });
      }),
    );
    vi.mocked(askAboutConflict).mockResolvedValueOnce({ title: "Both" });
    expect(await changeTask("board", "AB-1", change, seen())).toBe(true);
    expect(vi.mocked(askAboutConflict).mock.calls[0]?.[0]).toMatchObject({ fields: ["title"], mine: change });
    expect(sent[1]).toEqual({ title: "Both" });
  });

  it("keeps the other person's version when that is selected", async () => {
    let writes = 0;
    server.use(
      http.patch("*/api/tasks/AB-1", () => {
        writes += 1;
        return problem(412, "changed", { current: task("AB-1", { title: "Theirs", version: 5 }) });
      }),
    );
    vi.mocked(askAboutConflict).mockResolvedValueOnce(null);
    expect(await changeTask("board", "AB-1", change, seen())).toBe(true);
    expect(writes).toBe(1);
    expect(boardView("board")?.cards.get("AB-1")?.title).toBe("Theirs");
  });

  it("shows the old value again when it is refused", async () => {
    server.use(http.patch("*/api/tasks/AB-1", () => problem(422, "too long")));
    const changed = changeTask("board", "AB-1", change, seen());
    expect(boardView("board")?.cards.get("AB-1")?.title).toBe("Mine");
    expect(await changed).toBe(false);
    expect(boardView("board")?.cards.get("AB-1")?.title).toBe("Title of AB-1");
  });
});

describe("archiving", () => {
  it("takes the card off at once and brings it back when refused", async () => {
    server.use(http.delete("*/api/tasks/AB-1", () => problem(423, "Alex is editing this")));
    const archived = archiveTask("board", "AB", "AB-1");
    expect(order("left")).toEqual(["AB-2"]);
    expect(await archived).toBe(false);
    expect(order("left")).toEqual(["AB-1", "AB-2"]);
  });

  it("can be undone", async () => {
    server.use(
      http.delete("*/api/tasks/AB-1", () => new HttpResponse(null, { status: 204 })),
      http.post("*/api/tasks/AB-1/restore", () =>
        HttpResponse.json(task("AB-1", { position: "B", version: 3 })),
      ),
    );
    await archiveTask("board", "AB", "AB-1");
    expect(order("left")).toEqual(["AB-2"]);
    runLatestAction();
    await vi.waitFor(() => expect(order("left")).toEqual(["AB-1", "AB-2"]));
  });
});

describe("creating", () => {
  it("shows a draft card, then the saved one, with one idempotency key", async () => {
    const keys = new Set<string | null>();
    server.use(
      http.post("*/api/projects/AB/tasks", ({ request }) => {
        keys.add(request.headers.get("Idempotency-Key"));
        return HttpResponse.json(task("AB-9", { title: "New", position: "Z" }), { status: 201 });
      }),
    );
    const made = createTask("board", "AB", { title: "New", column_id: "left" });
    expect(order("left")).toHaveLength(3);
    await made;
    expect(order("left")).toEqual(["AB-1", "AB-2", "AB-9"]);
    expect([...keys][0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("removes the draft and throws when refused", async () => {
    server.use(http.post("*/api/projects/AB/tasks", () => problem(422, "no")));
    await expect(createTask("board", "AB", { title: "New", column_id: "left" })).rejects.toThrow("no");
    expect(order("left")).toEqual(["AB-1", "AB-2"]);
  });
});
