import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { LiveSocket } from "@/data/live/machine";
import { notification } from "@/testing/samples";
import { createListener } from "./listen";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const sockets: LiveSocket[] = [];
  const [send, close] = [vi.fn(), vi.fn()];
  const outside = {
    takeTicket: vi.fn(() => Promise.resolve("ticket")),
    openSocket: vi.fn((): LiveSocket => {
      const socket = { send, close, onopen: null, onmessage: null, onclose: null };
      sockets.push(socket);
      return socket;
    }),
    onNotification: vi.fn(),
    onReturn: vi.fn(),
    random: () => 1,
  };
  return { outside, sockets, send, close, stop: createListener(outside) };
}

it("passes on notifications and ignores other frames", async () => {
  const { outside, sockets } = setup();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.onopen?.();
  const heard = notification("1");
  sockets[0]?.onmessage?.(JSON.stringify({ type: "notification", notification: heard, unread_count: 3 }));
  sockets[0]?.onmessage?.(JSON.stringify({ type: "pong", cursor: null }));
  sockets[0]?.onmessage?.("not JSON");
  expect(outside.onNotification.mock.calls).toEqual([[heard, 3]]);
});

it("reconnects with growing delays and reports a possible gap", async () => {
  const { outside, sockets } = setup();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.onopen?.();
  expect(outside.onReturn).not.toHaveBeenCalled();
  sockets[0]?.onclose?.();
  await vi.advanceTimersByTimeAsync(999);
  expect(sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  sockets[1]?.onclose?.();
  await vi.advanceTimersByTimeAsync(1_999);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  sockets[2]?.onopen?.();
  expect(outside.onReturn).toHaveBeenCalledTimes(1);
});

it("pings an idle socket and closes it at the end", async () => {
  const { sockets, send, close, stop } = setup();
  await vi.advanceTimersByTimeAsync(0);
  sockets[0]?.onopen?.();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(send).toHaveBeenCalledWith('{"action":"ping"}');
  stop();
  expect(close).toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(sockets).toHaveLength(1);
});
