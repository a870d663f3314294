import { expect, it } from "vitest";
import { card, event, snapshot } from "@/testing/samples";
import { applyEvent, fromSnapshot, withBlocked } from "./board-state";

const blockedOf = (...cards: Parameters<typeof snapshot>[0]) => {
  const state = withBlocked(fromSnapshot(snapshot(cards)));
  return state.cards.get("AB-2")?.blocked;
};

it("a card is blocked while any blocker is open", () => {
  const blocked = card("AB-2", { blocked: true, blocked_by: ["AB-1", "AB-3"] });
  expect(blockedOf(blocked, card("AB-1"), card("AB-3"))).toBe(true);
  expect(blockedOf(blocked, card("AB-1", { status: "done" }), card("AB-3"))).toBe(true);
  expect(blockedOf(blocked, card("AB-1", { status: "done" }), card("AB-3", { status: "done" }))).toBe(false);
});

it("a blocker on another board uses the server's value", () => {
  expect(blockedOf(card("AB-2", { blocked: true, blocked_by: ["AB-9"] }))).toBe(true);
  expect(blockedOf(card("AB-2", { blocked: false, blocked_by: ["AB-9"] }))).toBe(false);
});

it("a card is unblocked when its blocker moves to done", () => {
  const blocked = card("AB-2", { blocked: true, blocked_by: ["AB-1"] });
  const state = fromSnapshot(snapshot([blocked, card("AB-1")]));
  const done = card("AB-1", { status: "done", column_id: "right", version: 2 });
  const moved = applyEvent(state, event("e001", "task.moved", { task: "AB-1", data: { card: done } })).state;
  expect(withBlocked(moved).cards.get("AB-2")?.blocked).toBe(false);
});
