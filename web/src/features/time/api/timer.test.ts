import { http, HttpResponse } from "msw";
import { beforeEach, expect, it } from "vitest";
import { queryClient } from "@/lib/query-client";
import { refuse } from "@/testing/answers";
import { server } from "@/testing/server";
import { timerQuery } from "./time-query";
import { startTimer, stopTimer, toggleTimer } from "./timer";

beforeEach(() => queryClient.clear());

const running = { task: "AB-1", started_at: "2026-01-05T09:00:00Z", note: "" };
const shown = () => queryClient.getQueryData(timerQuery.queryKey)?.timer;
const run = () => queryClient.setQueryData(timerQuery.queryKey, { timer: running });

it("shows a timer at once and then uses the server's start time", async () => {
  const started = { ...running, task: "AB-2" };
  server.use(http.post("*/api/timer/start", () => HttpResponse.json({ timer: started, stopped: null })));
  const start = startTimer("AB-2");
  expect(shown()?.task).toBe("AB-2");
  await start;
  expect(shown()).toEqual(started);
});

it("restores the previous timer when the server refuses a new one", async () => {
  run();
  server.use(http.post("*/api/timer/start", () => refuse(409, "The task is archived.")));
  await startTimer("AB-2");
  expect(shown()).toEqual(running);
});

it("stops a running timer, and keeps it when the server refuses", async () => {
  run();
  server.use(
    http.post("*/api/timer/stop", () => refuse(422, "That day would have more than 24 hours")),
    http.get("*/api/timer", () => HttpResponse.json({ timer: running })),
  );
  await toggleTimer("AB-1");
  expect(shown()).toEqual(running);
  server.use(
    http.post("*/api/timer/stop", () =>
      HttpResponse.json({
        ...running,
        stopped_at: running.started_at,
        minutes: 0,
        logs: [],
        detail: "Nothing.",
      }),
    ),
  );
  await stopTimer();
  expect(shown()).toBeNull();
});
