import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BoardEvent, Present } from "@/lib/api/types";
import { event } from "@/testing/samples";
import { createLive, type LiveOutside, type LiveSocket, type LiveStatus } from "./machine";

class FakeSocket implements LiveSocket {
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((text: string) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly ticket: string) {}
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.closed = true;
  }
  receive(frame: object) {
    this.onmessage?.(JSON.stringify(frame));
  }
}

const flush = () => vi.advanceTimersByTimeAsync(0);

function harness(more: Partial<LiveOutside> = {}) {
  const sockets: FakeSocket[] = [];
  const events: string[] = [];
  const statuses: LiveStatus[] = [];
  let people: Present[] = [];
  const feed: BoardEvent[] = [];
  const asked: string[] = [];
  const heard: object[] = [];
  let lost = 0;
  let tickets = 0;
  const live = createLive(
    {
      takeTicket: () => {
        tickets += 1;
        return Promise.resolve(`ticket-${tickets}`);
      },
      openSocket: (ticket) => {
        const socket = new FakeSocket(ticket);
        sockets.push(socket);
        return socket;
      },
      eventsAfter: (after) => {
        asked.push(after);
        return Promise.resolve({ items: feed.filter(({ id }) => id > after), next: null });
      },
      onEvents: (batch) => events.push(...batch.map(({ id }) => id)),
      onPresence: (present) => {
        people = present;
      },
      onSubscribed: (editing) => heard.push({ editing }),
      onEdit: ({ task, field, editing }) => heard.push({ task, field, editing }),
      onPointer: ({ x, y, task }) => heard.push({ x, y, task }),
      onTaken: ({ task, field, person }) => heard.push({ task, field, taken: person.name }),
      onStatus: (status) => statuses.push(status),
      onLost: () => {
        lost += 1;
      },
      random: () => 1,
      ...more,
    },
    "board",
    "e000",
  );
  return {
    live,
    sockets,
    events,
    statuses,
    feed,
    asked,
    heard,
    people: () => people,
    lost: () => lost,
    last: () => sockets.at(-1)!,
    async subscribe(cursor = "e000") {
      await flush();
      this.last().onopen?.();
      this.last().receive({ type: "subscribed", board_id: "board", cursor, people: [], editing: [] });
      await flush();
    },
    frame(prev: string | null, ...ids: string[]) {
      this.last().receive({
        type: "events",
        board_id: "board",
        prev,
        cursor: ids.at(-1),
        events: ids.map((id) => event(id, "task.updated")),
      });
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("following", () => {
  it("subscribes from the snapshot's cursor and is live", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    expect(board.last().sent[0]).toEqual({ action: "subscribe", board_id: "board", after: "e000" });
    expect(board.live.status).toBe("live");
    expect(board.asked).toEqual([]);
  });

  it("applies frames that follow its cursor, each event once", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.frame("e000", "e001");
    board.frame("e001", "e002");
    board.frame("e000", "e001");
    expect(board.events).toEqual(["e001", "e002"]);
    expect(board.live.cursor).toBe("e002");
    expect(board.asked).toEqual([]);
  });

  it("does not report a gap for a frame that follows an older known event", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.frame("e000", "e001");
    board.frame("e001", "e002");
    board.frame("e001", "e003");
    await flush();
    expect(board.events).toEqual(["e001", "e002", "e003"]);
    expect(board.asked).toEqual([]);
  });

  it("ignores frames of other boards and frames that are no JSON", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.last().receive({
      type: "events",
      board_id: "other",
      prev: "x",
      cursor: "y",
      events: [event("y", "task.moved")],
    });
    board.last().onmessage?.("<html>");
    await flush();
    expect(board.events).toEqual([]);
    expect(board.asked).toEqual([]);
  });
});

describe("catching up", () => {
  it("detects a gap and reads the missed events before continuing", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.feed.push(event("e001", "task.moved"), event("e002", "task.moved"), event("e003", "task.updated"));
    board.frame("e002", "e003");
    expect(board.live.status).toBe("catching_up");
    expect(board.events).toEqual([]);
    await flush();
    expect(board.asked).toEqual(["e000"]);
    expect(board.events).toEqual(["e001", "e002", "e003"]);
    expect(board.live.status).toBe("live");
    board.frame("e003", "e004");
    expect(board.events.at(-1)).toBe("e004");
  });

  it("keeps frames that arrive while it catches up, and applies them after what was missed", async () => {
    let answer: (page: { items: BoardEvent[]; next: null }) => void = () => undefined;
    const board = harness({ eventsAfter: () => new Promise((resolve) => (answer = resolve)) });
    board.live.start();
    await board.subscribe();
    board.frame("e001", "e002");
    board.frame("e002", "e003");
    answer({ items: [event("e001", "task.moved"), event("e002", "task.moved")], next: null });
    await flush();
    expect(board.events).toEqual(["e001", "e002", "e003"]);
    expect(board.live.cursor).toBe("e003");
  });

  it("reads every page", async () => {
    const pages = [
      { items: [event("e001", "task.moved")], next: "more" },
      { items: [event("e002", "task.moved")], next: null },
    ];
    const asked: string[] = [];
    const board = harness({
      eventsAfter: (after) => {
        asked.push(after);
        return Promise.resolve(pages.shift() ?? { items: [], next: null });
      },
    });
    board.live.start();
    await board.subscribe("e002");
    expect(asked).toEqual(["e000", "e001"]);
    expect(board.events).toEqual(["e001", "e002"]);
    expect(board.live.status).toBe("live");
  });

  it("waits for a feed that lags behind the socket", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.frame("e001", "e002");
    await flush();
    expect(board.events).toEqual([]);
    board.feed.push(event("e001", "task.moved"), event("e002", "task.updated"));
    await vi.advanceTimersByTimeAsync(300);
    expect(board.events).toEqual(["e001", "e002"]);
    expect(board.lost()).toBe(0);
  });

  it("reloads the board when the feed cannot fill a gap", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.frame("e005", "e006");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(board.lost()).toBe(1);
    expect(board.live.status).toBe("catching_up");
    board.live.resume("e006");
    expect(board.live.status).toBe("live");
    board.frame("e006", "e007");
    expect(board.events).toEqual(["e007"]);
  });

  it("catches up when a pong has an unknown cursor", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.feed.push(event("e001", "task.moved"));
    board.last().receive({ type: "pong", cursor: "e001" });
    await flush();
    expect(board.events).toEqual(["e001"]);
  });

  it("catches up after a reconnect, from where it was", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.frame("e000", "e001");
    board.feed.push(event("e001", "task.updated"), event("e002", "task.moved"));
    board.last().onclose?.();
    await vi.advanceTimersByTimeAsync(500);
    await board.subscribe("e002");
    expect(board.last().sent[0]).toMatchObject({ after: "e001" });
    expect(board.events).toEqual(["e001", "e002"]);
  });

  it("closes the socket when the feed fails and retries both", async () => {
    let fail = true;
    const board = harness({
      eventsAfter: () =>
        fail
          ? Promise.reject(new Error("down"))
          : Promise.resolve({ items: [event("e001", "task.moved")], next: null }),
    });
    board.live.start();
    await board.subscribe("e001");
    expect(board.last().closed).toBe(true);
    fail = false;
    await vi.advanceTimersByTimeAsync(500);
    await board.subscribe("e001");
    expect(board.events).toEqual(["e001"]);
    expect(board.live.status).toBe("live");
  });
});

describe("the connection", () => {
  it("pings every ten seconds and reconnects when no pong comes within five", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    const first = board.last();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(first.sent.at(-1)).toEqual({ action: "ping", board_id: "board" });
    first.receive({ type: "pong", cursor: "e000" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(first.sent.filter(({ action }) => action === "ping")).toHaveLength(2);
    expect(first.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(first.closed).toBe(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(board.sockets).toHaveLength(2);
  });

  it("takes a new ticket for each try, with growing pauses", async () => {
    const board = harness();
    board.live.start();
    await flush();
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const count = board.sockets.length;
      board.last().onclose?.();
      let waited = 0;
      while (board.sockets.length === count) {
        await vi.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000]);
    expect(new Set(board.sockets.map(({ ticket }) => ticket)).size).toBe(5);
  });

  it("adds up to 50% random delay to retries", async () => {
    const board = harness({ random: () => 0 });
    board.live.start();
    await flush();
    board.last().onclose?.();
    await vi.advanceTimersByTimeAsync(249);
    expect(board.sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(board.sockets).toHaveLength(2);
  });

  it("is connecting after the first break and offline after a failed retry", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.last().onclose?.();
    expect(board.live.status).toBe("connecting");
    await vi.advanceTimersByTimeAsync(500);
    board.last().onclose?.();
    expect(board.live.status).toBe("offline");
  });

  it("goes offline and reconnects with the browser", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.live.setOnline(false);
    expect(board.live.status).toBe("offline");
    expect(board.last().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(board.sockets).toHaveLength(1);
    board.live.setOnline(true);
    await board.subscribe();
    expect(board.sockets).toHaveLength(2);
    expect(board.live.status).toBe("live");
  });

  it("stays silent after it was stopped, also when an answer comes late", async () => {
    let answer: (ticket: string) => void = () => undefined;
    const board = harness({ takeTicket: () => new Promise((resolve) => (answer = resolve)) });
    board.live.start();
    board.live.stop();
    answer("late");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(board.sockets).toHaveLength(0);
  });
});

describe("presence", () => {
  it("lists who is present and clears the list on disconnect", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.last().receive({
      type: "presence",
      board_id: "board",
      people: [{ id: "alex", name: "Alex", state: "idle" }],
    });
    expect(board.people()).toEqual([{ id: "alex", name: "Alex", state: "idle" }]);
    board.last().onclose?.();
    expect(board.people()).toEqual([]);
  });

  it("tells the server when the person looks away, and again after a reconnect", async () => {
    const board = harness();
    board.live.start();
    await board.subscribe();
    board.live.setPresence("idle");
    const idle = { action: "presence", board_id: "board", state: "idle" };
    expect(board.last().sent.at(-1)).toEqual(idle);
    board.last().onclose?.();
    await vi.advanceTimersByTimeAsync(500);
    await board.subscribe();
    expect(board.last().sent).toContainEqual(idle);
  });

  it("passes on edits and cursors, and sends only while connected", async () => {
    const test = harness();
    test.live.start();
    test.live.say({ action: "edit", task: "AB-1", editing: true });
    await test.subscribe();
    const person = { id: "alex", name: "Alex" };
    const title = { task: "AB-1", field: "title", person };
    const until = "2026-01-05T09:00:30Z";
    test.last().receive({ type: "edit", board_id: "board", ...title, editing: true, until });
    test.last().receive({ type: "edit", board_id: "another", ...title, editing: false, until: null });
    test.last().receive({ type: "cursor", board_id: "board", person, x: 0.5, y: 0, task: null });
    const current = { ...title, until };
    test.last().receive({ type: "error", action: "edit", status: 423, detail: "Alex is editing.", current });
    test.last().receive({ type: "error", action: "edit", status: 403, detail: "This needs a role." });
    expect(test.heard).toEqual([
      { editing: [] },
      { task: "AB-1", field: "title", editing: true },
      { x: 0.5, y: 0, task: null },
      { task: "AB-1", field: "title", taken: "Alex" },
    ]);
    test.live.say({ action: "cursor", x: 0, y: 0 });
    expect(test.last().sent.map(({ action }) => action)).toEqual(["subscribe", "cursor"]);
    expect(test.last().closed).toBe(false);
  });
});
