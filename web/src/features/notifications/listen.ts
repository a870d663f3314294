import type { LiveSocket } from "@/data/live/machine";
import type { Action, Frame, Notification } from "@/lib/api/types";

/** Everything that listening needs from outside. */
export interface ListenOutside {
  /** A ticket is good for one socket, so each try takes a new one. */
  takeTicket(): Promise<string>;
  openSocket(ticket: string): LiveSocket;
  onNotification(notification: Notification, unread: number): void;
  /** The socket is open again after it was away: something may have been missed. */
  onReturn(): void;
  /** Between 0 and 1. */
  random(): number;
}

const PING: Action = { action: "ping" };
/** The gateway closes a socket that is silent for ten minutes. */
const PING_EVERY_MS = 5 * 60_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Listens for notifications on a socket of its own, whatever page is open, and comes back after every break. */
export function createListener(outside: ListenOutside) {
  let stopped = false;
  let socket: LiveSocket | null = null;
  let failures = 0;
  let wasOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ping: ReturnType<typeof setInterval> | undefined;

  function receive(text: string) {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      return;
    }
    if (frame.type === "notification") outside.onNotification(frame.notification, frame.unread_count);
  }

  function retry() {
    clearInterval(ping);
    socket = null;
    if (stopped) return;
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures += 1;
    // Half fixed, half chance, so that a server that comes back is not met by everybody at once.
    timer = setTimeout(() => void connect(), longest / 2 + (longest / 2) * outside.random());
  }

  async function connect(): Promise<void> {
    let ticket: string;
    try {
      ticket = await outside.takeTicket();
    } catch {
      retry();
      return;
    }
    if (stopped) return;
    const opened = outside.openSocket(ticket);
    socket = opened;
    opened.onopen = () => {
      failures = 0;
      if (wasOpen) outside.onReturn();
      wasOpen = true;
      ping = setInterval(() => opened.send(JSON.stringify(PING)), PING_EVERY_MS);
    };
    opened.onmessage = receive;
    opened.onclose = retry;
  }

  void connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(ping);
    if (!socket) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  };
}
