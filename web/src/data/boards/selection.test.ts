import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { card } from "@/testing/samples";
import { between, useSelection } from "./selection";

const columns = [
  { cards: [card("AB-3"), card("AB-4")] },
  { cards: [] },
  { cards: [card("AB-2"), card("AB-1"), card("AB-5")] },
];

it("selects a range across columns in either direction", () => {
  expect(between(columns, "AB-4", "AB-1")).toEqual(["AB-4", "AB-2", "AB-1"]);
  expect(between(columns, "AB-1", "AB-4")).toEqual(["AB-4", "AB-2", "AB-1"]);
  expect(between(columns, "AB-99", "AB-4")).toEqual(["AB-4"]);
});

it("deselects cards that are no longer shown", () => {
  const { result, rerender } = renderHook(({ shown }) => useSelection(shown), {
    initialProps: { shown: columns },
  });
  act(() => result.current.toggle("AB-4"));
  act(() => result.current.extend("AB-1"));
  expect(result.current.cards.map(({ key }) => key)).toEqual(["AB-4", "AB-2", "AB-1"]);
  act(() => result.current.toggle("AB-2"));
  expect(result.current.has("AB-2")).toBe(false);
  rerender({ shown: columns.slice(1) });
  expect(result.current.cards.map(({ key }) => key)).toEqual(["AB-1"]);
  act(() => result.current.clear());
  expect(result.current.cards).toEqual([]);
});
