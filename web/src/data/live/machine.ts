import type {
  Action,
  BoardEvent,
  CursorFrame,
  EditFrame,
  Editing,
  EventsFrame,
  Frame,
  Present,
} from "@/lib/api/types";

/** How current the board is: `offline` also stands for a socket that will not come back at once. */
export type LiveStatus = "connecting" | "live" | "catching_up" | "offline";

/** The part of a WebSocket that the machine needs. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((text: string) => void) | null;
  onclose: (() => void) | null;
}

/** Everything that the machine needs from outside. */
export interface LiveOutside {
  /** A ticket is good for one socket, so each try takes a new one. */
  takeTicket(): Promise<string>;
  openSocket(ticket: string): LiveSocket;
  /** One page of the events after an id. */
  eventsAfter(after: string): Promise<{ items: BoardEvent[]; next: string | null }>;
  onEvents(events: BoardEvent[]): void;
  onPresence(people: Present[]): void;
  /** The socket listens to the board from here on; these write at its tasks. */
  onSubscribed(editing: Editing[]): void;
  onEdit(news: EditFrame): void;
  onPointer(pointer: CursorFrame): void;
  /** What was to be edited is somebody else's for now. */
  onTaken(by: Editing, detail: string): void;
  onStatus(status: LiveStatus): void;
  /** The feed cannot be followed from here: the board must be read anew, and `resume` called with its cursor. */
  onLost(): void;
  /** Between 0 and 1. */
  random(): number;
}

const PING_EVERY_MS = 10_000;
const PONG_WITHIN_MS = 5_000;
const SUBSCRIBED_WITHIN_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
/** Enough to recognise late frames; older ones only cost a catch-up that finds nothing. */
const REMEMBERED = 2_000;
/** The feed may lag behind the socket for a moment; after this many empty looks it is not lag. */
const CATCH_UP_TRIES = 5;
const CATCH_UP_RETRY_MS = 300;

/** Follows one board: notices what was missed, catches up, and comes back after every break. */
export function createLive(outside: LiveOutside, boardId: string, startCursor: string) {
  let cursor = startCursor;
  let stopped = true;
  let online = true;
  let status: LiveStatus = "connecting";
  let presence: "active" | "idle" = "active";
  let socket: LiveSocket | null = null;
  let subscribed = false;
  let failures = 0;
  /** Grows with each start, stop and resume, so that answers to older questions are dropped. */
  let generation = 0;
  const applied = new Set<string>();

  let catchingUp = false;
  let waiting: EventsFrame[] = [];
  /** A cursor that someone named and that is not known here. */
  let wanted: string | null = null;

  let pingTimer: ReturnType<typeof setTimeout> | undefined;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let catchUpTimer: ReturnType<typeof setTimeout> | undefined;

  function setStatus(next: LiveStatus) {
    if (status === next) return;
    status = next;
    outside.onStatus(next);
  }

  function settleStatus() {
    if (stopped || !subscribed) return;
    setStatus(catchingUp ? "catching_up" : "live");
  }

  const knows = (id: string | null): boolean => id === null || id === cursor || applied.has(id);

  function remember(id: string) {
    applied.add(id);
    if (applied.size > REMEMBERED) {
      const oldest = applied.values().next().value;
      if (oldest !== undefined) applied.delete(oldest);
    }
  }

  function apply(events: BoardEvent[]) {
    const fresh = events.filter((event) => !applied.has(event.id));
    for (const event of fresh) remember(event.id);
    if (fresh.length) outside.onEvents(fresh);
  }

  /** Moves on; the place that was left stays known, since a frame may still follow it. */
  function advance(to: string) {
    remember(cursor);
    remember(to);
    cursor = to;
  }

  function take(frame: EventsFrame) {
    if (catchingUp) {
      waiting.push(frame);
      return;
    }
    if (frame.events.every((event) => applied.has(event.id))) {
      // Heard already, by catching up or a second time: nothing new, and nothing can be missing before it.
      remember(frame.cursor);
      return;
    }
    if (!knows(frame.prev)) {
      waiting.push(frame);
      void catchUp(frame.cursor);
      return;
    }
    apply(frame.events);
    if (frame.cursor !== cursor) advance(frame.cursor);
  }

  async function catchUp(target: string | null): Promise<void> {
    if (target !== null) wanted = target;
    if (catchingUp) return;
    catchingUp = true;
    settleStatus();
    const mine = generation;
    let lost = false;
    for (let tries = 0; ; tries += 1) {
      try {
        for (;;) {
          const page = await outside.eventsAfter(cursor);
          if (mine !== generation) return;
          apply(page.items);
          const last = page.items.at(-1);
          if (last) advance(last.id);
          if (!page.next || !last) break;
        }
      } catch {
        if (mine !== generation) return;
        // The socket goes as well: its return, with growing pauses, is what tries again.
        catchingUp = false;
        waiting = [];
        wanted = null;
        dropSocket();
        return;
      }
      if (wanted === null || knows(wanted)) break;
      if (tries + 1 >= CATCH_UP_TRIES) {
        lost = waiting.length > 0;
        // Someone named a place that the feed does not have; asking for ever would not change that.
        remember(wanted);
        break;
      }
      await new Promise<void>((resolve) => {
        catchUpTimer = setTimeout(resolve, CATCH_UP_RETRY_MS * 2 ** tries);
      });
      if (mine !== generation) return;
    }
    catchingUp = false;
    wanted = null;
    const frames = waiting;
    waiting = [];
    if (lost) {
      outside.onLost();
      return;
    }
    for (const frame of frames) take(frame);
    settleStatus();
  }

  function receive(text: string) {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      return;
    }
    if ("board_id" in frame && frame.board_id !== undefined && frame.board_id !== boardId) return;
    switch (frame.type) {
      case "subscribed":
        subscribed = true;
        failures = 0;
        clearTimeout(pongTimer);
        if (presence === "idle") send({ action: "presence", board_id: boardId, state: presence });
        outside.onPresence(frame.people);
        outside.onSubscribed(frame.editing);
        schedulePing();
        if (!knows(frame.cursor)) void catchUp(frame.cursor);
        settleStatus();
        break;
      case "events":
        take(frame);
        break;
      case "presence":
        outside.onPresence(frame.people);
        break;
      case "edit":
        outside.onEdit(frame);
        break;
      case "cursor":
        outside.onPointer(frame);
        break;
      case "pong":
        clearTimeout(pongTimer);
        schedulePing();
        if (!knows(frame.cursor)) void catchUp(frame.cursor);
        break;
      case "error":
        // A refused subscription leaves a socket that will never say anything.
        if (!subscribed) dropSocket();
        else if (frame.action === "edit" && frame.status === 423 && frame.current)
          outside.onTaken(frame.current as Editing, frame.detail);
        break;
    }
  }

  function send(message: Action) {
    socket?.send(JSON.stringify(message));
  }

  function schedulePing() {
    clearTimeout(pingTimer);
    pingTimer = setTimeout(() => {
      send({ action: "ping", board_id: boardId });
      clearTimeout(pongTimer);
      pongTimer = setTimeout(dropSocket, PONG_WITHIN_MS);
    }, PING_EVERY_MS);
  }

  function clearTimers() {
    clearTimeout(pingTimer);
    clearTimeout(pongTimer);
    clearTimeout(retryTimer);
  }

  /** Gives the socket up without waiting for a close that a dead network never delivers. */
  function releaseSocket() {
    clearTimers();
    subscribed = false;
    const old = socket;
    socket = null;
    if (!old) return;
    old.onopen = null;
    old.onmessage = null;
    old.onclose = null;
    old.close();
  }

  function dropSocket() {
    releaseSocket();
    retry();
  }

  function retry() {
    if (stopped) return;
    outside.onPresence([]);
    if (!online) {
      setStatus("offline");
      return;
    }
    // One quick try first: most breaks are over at once and not worth a word.
    setStatus(failures === 0 ? "connecting" : "offline");
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
    failures += 1;
    clearTimeout(retryTimer);
    // Half fixed, half chance, so that a server that comes back is not met by everybody at once.
    retryTimer = setTimeout(() => void connect(), longest / 2 + (longest / 2) * outside.random());
  }

  async function connect(): Promise<void> {
    const mine = generation;
    let ticket: string;
    try {
      ticket = await outside.takeTicket();
    } catch {
      if (mine === generation) retry();
      return;
    }
    if (mine !== generation || stopped || !online) return;
    const opened = outside.openSocket(ticket);
    socket = opened;
    opened.onopen = () => send({ action: "subscribe", board_id: boardId, after: cursor });
    opened.onmessage = receive;
    opened.onclose = () => {
      if (socket === opened) dropSocket();
    };
    pongTimer = setTimeout(dropSocket, SUBSCRIBED_WITHIN_MS);
  }

  function startOver() {
    generation += 1;
    catchingUp = false;
    waiting = [];
    wanted = null;
    clearTimeout(catchUpTimer);
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      startOver();
      if (online) void connect();
      else setStatus("offline");
    },
    stop() {
      stopped = true;
      startOver();
      releaseSocket();
    },
    /** Goes on from a board that was read anew. */
    resume(from: string) {
      startOver();
      advance(from);
      settleStatus();
      if (!stopped && !socket && online) {
        clearTimeout(retryTimer);
        void connect();
      }
    },
    /** Follows what the browser knows of the network. */
    setOnline(next: boolean) {
      if (online === next) return;
      online = next;
      if (stopped) return;
      startOver();
      releaseSocket();
      if (next) {
        failures = 0;
        setStatus("connecting");
        void connect();
      } else {
        outside.onPresence([]);
        setStatus("offline");
      }
    },
    /** Tells the others whether this person is looking. */
    setPresence(next: "active" | "idle") {
      if (presence === next) return;
      presence = next;
      if (subscribed) send({ action: "presence", board_id: boardId, state: next });
    },
    /** Says something on the socket; what cannot be said now is lost. */
    say(message: Action) {
      if (subscribed) send(message);
    },
    /** The last event that was applied. */
    get cursor() {
      return cursor;
    },
    get status() {
      return status;
    },
  };
}

/** The follower of one board. */
export type Live = ReturnType<typeof createLive>;
