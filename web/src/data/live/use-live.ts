import { useEffect, useState } from "react";
import { personColor } from "@/components/ui/person-color";
import { problemToast, toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import type { BoardEvent, Present } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { drawComments, rereadComments } from "@/data/comments/comment-live";
import { drawFiles, rereadFiles } from "@/data/files/file-live";
import { boardState, rereadBoard, updateBoard } from "@/data/boards/board-query";
import { drawTimeline, rereadTimeline } from "@/data/boards/timeline-query";
import { applyEvent } from "@/data/boards/board-state";
import { keepPointersOf, takePointer } from "./cursor-store";
import { forgetEdits, takeEdit } from "./edit-store";
import { beforeGlide, settle } from "./glide";
import { openLine } from "./line";
import { createLive, type LiveStatus } from "./machine";
import { movedSentence, movesByOthers, type Moved } from "./moved-by-others";
import { refuseEdit, sayEditsAgain } from "./own-edits";
import { openSocket } from "./socket";

/** Moves that follow each other this closely are told in one message. */
const BURST_MS = 4_000;

function createTeller() {
  let told: Moved[] = [];
  let shown: number | undefined;
  let at = 0;
  return (moves: Moved[]) => {
    const now = Date.now();
    if (now - at > BURST_MS) {
      told = [];
      shown = undefined;
    }
    at = now;
    const tasks = new Set(moves.map(({ task }) => task));
    told = [...told.filter(({ task }) => !tasks.has(task)), ...moves];
    const text = movedSentence(told);
    const actors = new Set(told.map(({ actor }) => actor.id));
    const [only] = actors;
    shown = toast(text, {
      ...(shown === undefined ? {} : { replaces: shown }),
      ...(actors.size === 1 && only ? { color: personColor(only) } : {}),
    });
  };
}

function createReceiver(board: string, me: string) {
  const tell = createTeller();
  return (events: BoardEvent[]) => {
    const before = boardState(board);
    if (!before) return;
    let state = before;
    let reread = false;
    for (const event of events) {
      const applied = applyEvent(state, event);
      state = applied.state;
      reread ||= applied.unknown;
    }
    const moves = movesByOthers(
      events,
      me,
      (task) => before.cards.get(task)?.column_id,
      (column) => state.columns.find(({ id }) => id === column)?.name,
    ).filter(({ task }) => before.cards.get(task) !== state.cards.get(task));
    settle();
    for (const { task, actor } of moves) beforeGlide(task, personColor(actor.id));
    updateBoard(board, () => state);
    drawComments(events);
    drawFiles(events);
    drawTimeline(board, events);
    if (moves.length) tell(moves);
    if (reread) void rereadBoard(board);
    for (const task of new Set(events.map((event) => event.task))) {
      if (task) void queryClient.invalidateQueries({ queryKey: ["tasks", task] });
    }
    if (events.some(({ type }) => type.startsWith("board."))) {
      void queryClient.invalidateQueries({ queryKey: ["projects", before.board.project, "boards"] });
    }
  };
}

/** Keeps a board that has been read current, and tells how current it is and who else looks at it. */
export function useLive(board: string, me: string) {
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [people, setPeople] = useState<Present[]>([]);

  useEffect(() => {
    const start = boardState(board)?.cursor;
    if (start === undefined) return;
    const live = createLive(
      {
        takeTicket: async () => (await answer(api.POST("/api/auth/live-ticket"))).ticket,
        openSocket,
        eventsAfter: async (after) => {
          const page = await answer(
            api.GET("/api/boards/{board_id}/events", {
              params: { path: { board_id: board }, query: { after, limit: 100 } },
            }),
          );
          return { items: page.items, next: page.next ?? null };
        },
        onEvents: createReceiver(board, me),
        onPresence: (present) => {
          setPeople(present);
          keepPointersOf(new Set(present.map(({ id }) => id)));
        },
        onSubscribed: (editing) => {
          forgetEdits();
          for (const editor of editing) {
            if (editor.person.id !== me) takeEdit({ ...editor, editing: true });
          }
          sayEditsAgain();
        },
        onEdit: (news) => {
          if (news.person.id !== me) takeEdit(news);
        },
        onPointer: (pointer) => {
          if (pointer.person.id !== me) takePointer(pointer);
        },
        onTaken: (by, detail) => {
          // What closes by it must find out who was first.
          if (refuseEdit(by.task, by.field)) problemToast(detail);
          takeEdit({ ...by, editing: true });
        },
        onStatus: setStatus,
        onLost: () => {
          rereadComments();
          rereadFiles();
          rereadTimeline(board);
          void rereadBoard(board).then(() => {
            const cursor = boardState(board)?.cursor;
            if (cursor !== undefined) live.resume(cursor);
          });
        },
        random: Math.random,
      },
      board,
      start,
    );
    const showsUp = () => live.setPresence(document.visibilityState === "visible" ? "active" : "idle");
    const comesOn = () => live.setOnline(true);
    const goesOff = () => live.setOnline(false);
    live.setOnline(navigator.onLine);
    showsUp();
    live.start();
    openLine((message) => live.say(message));
    document.addEventListener("visibilitychange", showsUp);
    window.addEventListener("online", comesOn);
    window.addEventListener("offline", goesOff);
    return () => {
      document.removeEventListener("visibilitychange", showsUp);
      window.removeEventListener("online", comesOn);
      window.removeEventListener("offline", goesOff);
      openLine(null);
      live.stop();
      setPeople([]);
      forgetEdits();
      keepPointersOf(new Set());
    };
  }, [board, me]);

  return { status, people };
}
