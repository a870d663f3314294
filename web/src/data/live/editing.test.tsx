import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { forgetEdits, takeEdit, useEditors } from "./edit-store";
import { openLine } from "./line";
import { refuseEdit, sayEditsAgain } from "./own-edits";
import { useEditing } from "./use-editing";

const alex = { id: "alex", name: "Alex" };
const title = { task: "AB-1", field: "title", person: alex };
const said: object[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  openLine((message) => said.push(message));
});
afterEach(() => {
  openLine(null);
  forgetEdits();
  vi.useRealTimers();
});

const own = (editing: boolean) => ({ action: "edit", task: "AB-1", field: "title", editing });

it("locks a field while it is edited, renews the lock and releases it", () => {
  const { rerender } = renderHook(({ writing }) => useEditing("AB-1", "title", writing), {
    initialProps: { writing: true },
  });
  expect(said).toEqual([own(true)]);
  vi.advanceTimersByTime(20_000);
  expect(said).toEqual([own(true), own(true), own(true)]);
  sayEditsAgain();
  expect(said).toHaveLength(4);
  rerender({ writing: false });
  vi.advanceTimersByTime(60_000);
  expect(said.slice(4)).toEqual([own(false)]);
});

it("waits for a lock held by someone else", () => {
  const refused = vi.fn();
  const { result } = renderHook(() => useEditing("AB-1", "title", true, refused));
  expect(refuseEdit("AB-1", "title")).toBe(true);
  expect(refused).toHaveBeenCalledOnce();
  act(() => takeEdit({ ...title, editing: true, until: null }));
  expect(result.current?.person.name).toBe("Alex");
  expect(refuseEdit("AB-1", "title")).toBe(false);
  said.length = 0;
  act(() => takeEdit({ ...title, editing: false, until: null }));
  expect(result.current).toBeNull();
  expect(said).toEqual([own(true)]);
});

it("drops an editor whose lock expires", () => {
  const { result } = renderHook(() => useEditors("AB-1"));
  act(() => takeEdit({ ...title, editing: true, until: null }));
  const first = result.current;
  act(() => void vi.advanceTimersByTime(20_000));
  act(() => takeEdit({ ...title, editing: true, until: null }));
  expect(result.current).toBe(first);
  act(() => void vi.advanceTimersByTime(20_000));
  expect(result.current).toHaveLength(1);
  act(() => void vi.advanceTimersByTime(10_000));
  expect(result.current).toHaveLength(0);
});
