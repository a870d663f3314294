import { describe, expect, it } from "vitest";
import { card, column, event, snapshot } from "@/testing/samples";
import {
  applyEvent,
  cardsOf,
  fromLateSnapshot,
  fromSnapshot,
  groupByColumn,
  passes,
  placementOf,
  putCard,
  removeCard,
  lastNumber,
  withPending,
  type BoardState,
  type Pending,
} from "./board-state";

const keys = (state: BoardState, id: string) => cardsOf(state, id).map(({ key }) => key);

const board = () =>
  fromSnapshot(
    snapshot([
      card("AB-1", { position: "B" }),
      card("AB-2", { position: "C" }),
      card("AB-3", { position: "D" }),
      card("AB-4", { position: "B", column_id: "right" }),
    ]),
  );

describe("events", () => {
  it("replace a card only by a newer version", () => {
    const state = putCard(board(), card("AB-1", { version: 3, title: "Third" }));
    const late = applyEvent(
      state,
      event("e1", "task.updated", { data: { card: card("AB-1", { version: 2, title: "Second" }) } }),
    );
    expect(late.state.cards.get("AB-1")?.title).toBe("Third");
    const next = applyEvent(
      state,
      event("e2", "task.updated", { data: { card: card("AB-1", { version: 4, title: "Fourth" }) } }),
    );
    expect(next.state.cards.get("AB-1")?.title).toBe("Fourth");
    expect(next.state.cursor).toBe("e2");
  });

  it("remove an archived card for good until it is restored", () => {
    const archived = applyEvent(
      board(),
      event("e1", "task.archived", { data: { card: card("AB-1", { version: 5 }) } }),
    ).state;
    expect(archived.cards.has("AB-1")).toBe(false);
    const late = applyEvent(
      archived,
      event("e0", "task.updated", { data: { card: card("AB-1", { version: 4 }) } }),
    ).state;
    expect(late.cards.has("AB-1")).toBe(false);
    const restored = applyEvent(
      late,
      event("e2", "task.restored", { data: { card: card("AB-1", { version: 6 }) } }),
    ).state;
    expect(restored.cards.has("AB-1")).toBe(true);
  });

  it("show a new card once, even when the event precedes the response", () => {
    const known = board();
    const draft = card("AB-new-1", { title: "New here", position: "E" });
    const write = { id: 1, kind: "add", card: draft, after: lastNumber(known) } as const;
    expect(keys(withPending(known, [write]), "left")).toContain("AB-new-1");
    const told = putCard(known, card("AB-5", { title: "New here", position: "E" }));
    expect(keys(withPending(told, [write]), "left")).not.toContain("AB-new-1");
    const namesake = putCard(known, card("AB-3", { title: "New here", position: "D", version: 9 }));
    expect(keys(withPending(namesake, [write]), "left")).toContain("AB-new-1");
  });

  it("remove a card moved to another board", () => {
    const gone = applyEvent(
      board(),
      event("e1", "task.updated", { data: { card: card("AB-1", { version: 2, board_id: "other" }) } }),
    ).state;
    expect(gone.cards.has("AB-1")).toBe(false);
  });

  it("add, change and order columns", () => {
    const middle = column("middle", "BV");
    const state = applyEvent(board(), event("e1", "column.added", { data: { column: middle } })).state;
    expect(state.columns.map(({ id }) => id)).toEqual(["left", "middle", "right"]);
    const moved = applyEvent(
      state,
      event("e2", "column.moved", { data: { column: column("middle", "D", { version: 2 }) } }),
    ).state;
    expect(moved.columns.map(({ id }) => id)).toEqual(["left", "right", "middle"]);
  });

  it("require a reload when a removed column held cards", () => {
    const removed = applyEvent(
      board(),
      event("e1", "column.removed", { data: { column: column("left", "B") } }),
    );
    expect(removed.unknown).toBe(true);
    expect(removed.state.columns.map(({ id }) => id)).toEqual(["right"]);
  });

  it("of an unknown type require a reload, but comment events do not", () => {
    expect(applyEvent(board(), event("e1", "board.exploded")).unknown).toBe(true);
    expect(applyEvent(board(), event("e1", "comment.added")).unknown).toBe(false);
  });
});

describe("a snapshot requested before later events", () => {
  it("keeps newer cards and later removals", () => {
    let known = applyEvent(
      board(),
      event("e5", "task.moved", { data: { card: card("AB-1", { version: 2, column_id: "right" }) } }),
    ).state;
    known = applyEvent(
      known,
      event("e6", "task.archived", { data: { card: card("AB-2", { version: 2 }) } }),
    ).state;
    const late = fromLateSnapshot(
      snapshot([card("AB-1"), card("AB-2"), card("AB-7")], { cursor: "e4" }),
      known,
    );
    expect(late.cards.get("AB-1")?.column_id).toBe("right");
    expect(late.cards.has("AB-2")).toBe(false);
    expect(late.cards.has("AB-7")).toBe(true);
    expect(late.cursor).toBe("e6");
  });

  it("is used unchanged when nothing newer is known", () => {
    const late = fromLateSnapshot(snapshot([card("AB-9")], { cursor: "e9" }), board());
    expect([...late.cards.keys()]).toEqual(["AB-9"]);
  });
});

describe("pending writes", () => {
  const move = (task: string, to: string, before: string | null): Pending => ({
    id: 1,
    kind: "move",
    task,
    placement: { column: to, before },
  });

  it("draw a move above another card, to the top, and to the bottom", () => {
    expect(keys(withPending(board(), [move("AB-4", "left", "AB-2")]), "left")).toEqual([
      "AB-1",
      "AB-4",
      "AB-2",
      "AB-3",
    ]);
    expect(keys(withPending(board(), [move("AB-3", "left", "AB-1")]), "left")).toEqual([
      "AB-3",
      "AB-1",
      "AB-2",
    ]);
    expect(keys(withPending(board(), [move("AB-1", "left", null)]), "left")).toEqual([
      "AB-2",
      "AB-3",
      "AB-1",
    ]);
  });

  it("give a moved card its new column's status", () => {
    expect(withPending(board(), [move("AB-1", "right", null)]).cards.get("AB-1")?.status).toBe("done");
  });

  it("do not change the server state, so dropping them reverts", () => {
    const state = board();
    withPending(state, [
      move("AB-1", "right", null),
      { id: 2, kind: "remove", task: "AB-2" },
      { id: 3, kind: "change", task: "AB-3", change: { title: "Other" } },
    ]);
    expect(keys(state, "left")).toEqual(["AB-1", "AB-2", "AB-3"]);
    expect(state.cards.get("AB-3")?.title).toBe("Title of AB-3");
  });

  it("stay on top of changes by others", () => {
    const other = putCard(board(), card("AB-2", { version: 2, position: "C", title: "By someone else" }));
    const shown = withPending(other, [move("AB-2", "right", "AB-4")]);
    expect(shown.cards.get("AB-2")).toMatchObject({ title: "By someone else", column_id: "right" });
  });

  it("are ignored when their card is gone", () => {
    const without = removeCard(board(), "AB-1", 9);
    expect(withPending(without, [move("AB-1", "right", null)]).cards.has("AB-1")).toBe(false);
  });
});

describe("placementOf", () => {
  it("names the place that a move can be undone to", () => {
    expect(placementOf(board(), "AB-2")).toEqual({ column: "left", before: "AB-3" });
    expect(placementOf(board(), "AB-3")).toEqual({ column: "left", before: null });
    expect(placementOf(board(), "AB-99")).toBeNull();
  });
});

describe("groupByColumn", () => {
  it("has every column and drops cards of unknown ones", () => {
    const groups = groupByColumn(putCard(board(), card("AB-8", { column_id: "gone" })));
    expect([...groups.keys()]).toEqual(["left", "right"]);
    expect(groups.get("left")).toHaveLength(3);
  });
});

describe("passes", () => {
  const filter = { text: "", assignees: [], labels: [], priorities: [], sprints: [] };
  it("matches title and key, ignoring case", () => {
    expect(passes(card("AB-1"), { ...filter, text: "TITLE of" })).toBe(true);
    expect(passes(card("AB-1"), { ...filter, text: "ab-1" })).toBe(true);
    expect(passes(card("AB-1"), { ...filter, text: "nothing" })).toBe(false);
  });
  it("matches any selected person, including unassigned", () => {
    expect(passes(card("AB-1", { assignees: ["alex"] }), { ...filter, assignees: ["me", "alex"] })).toBe(
      true,
    );
    expect(passes(card("AB-1"), { ...filter, assignees: ["none"] })).toBe(true);
    expect(passes(card("AB-1", { assignees: ["alex"] }), { ...filter, assignees: ["none"] })).toBe(false);
  });
  it("matches sprints, including no sprint", () => {
    const planned = card("AB-1", { sprint_id: "AB.s1" });
    expect(passes(planned, { ...filter, sprints: ["AB.s1", "AB.s2"] })).toBe(true);
    expect(passes(planned, { ...filter, sprints: ["none"] })).toBe(false);
    expect(passes(card("AB-1"), { ...filter, sprints: ["none", "AB.s2"] })).toBe(true);
  });
  it("requires every filter to match", () => {
    const wanted = { ...filter, labels: ["bug"], priorities: ["high"] };
    expect(passes(card("AB-1", { labels: ["bug"], priority: "high" }), wanted)).toBe(true);
    expect(passes(card("AB-1", { labels: ["bug"] }), wanted)).toBe(false);
  });
});

describe("counts on cards", () => {
  const state = fromSnapshot(snapshot([card("AB-1", { comment_count: 1 })]));
  const after = (...types: string[]) =>
    types.reduce(
      (now, type, index) => applyEvent(now, event(`e${index}`, type, { task: "AB-1" })).state,
      state,
    );

  it("follow comments and files without a new version of the card", () => {
    expect(after("comment.added", "comment.added", "comment.removed").cards.get("AB-1")?.comment_count).toBe(
      2,
    );
    expect(after("attachment.added").cards.get("AB-1")).toMatchObject({ attachment_count: 1, version: 1 });
    expect(after("comment.updated", "reaction.added").cards.get("AB-1")).toEqual(state.cards.get("AB-1"));
  });

  it("never drop below zero and ignore cards of other boards", () => {
    expect(after("attachment.removed").cards.get("AB-1")?.attachment_count).toBe(0);
    const elsewhere = applyEvent(state, event("e1", "comment.added", { task: "AB-9" }));
    expect(elsewhere.unknown).toBe(false);
    expect(elsewhere.state.cards).toEqual(state.cards);
  });
});
