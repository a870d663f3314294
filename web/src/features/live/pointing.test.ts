import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createThrottle, EVERY_MS, placeOf } from "./pointing";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("sends at most five positions a second and always the last one", () => {
  const told: number[] = [];
  const throttle = createThrottle((place: number) => told.push(place), EVERY_MS);
  for (let step = 0; step < 100; step += 1) {
    throttle.take(step);
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeLessThanOrEqual(6);
  vi.advanceTimersByTime(EVERY_MS);
  expect(told.at(-1)).toBe(99);
  throttle.take(100);
  throttle.take(101);
  throttle.stop();
  vi.advanceTimersByTime(1_000);
  expect(told).not.toContain(101);
});

it("maps a pointer to a relative position and the card under it", () => {
  const board = document.createElement("main");
  board.innerHTML = `
    <section data-column="a"><div data-card-frame="AB-1"><b>Card</b></div></section>
    <section data-column="b"><div data-card-frame="AB-new-1"></div></section>`;
  const [first, last] = board.querySelectorAll("section");
  first!.getBoundingClientRect = () => ({ left: 100, top: 50, right: 388, height: 400 }) as DOMRect;
  last!.getBoundingClientRect = () => ({ left: 400, top: 50, right: 500, height: 400 }) as DOMRect;
  expect(placeOf(board, { x: 300, y: 150 }, board.querySelector("b"))).toEqual({
    x: 0.5,
    y: 0.25,
    task: "AB-1",
  });
  expect(placeOf(board, { x: 900, y: 0 }, board.querySelector("[data-card-frame=AB-new-1]"))).toEqual({
    x: 1,
    y: 0,
    task: null,
  });
  board.innerHTML = "";
  expect(placeOf(board, { x: 0, y: 0 }, null)).toBeNull();
});
