import { problemToast, toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Timer } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { timerQuery } from "./time-query";

/** What of a task changes with the time that is logged on it. */
export function rereadTime(task: string): void {
  void queryClient.invalidateQueries({ queryKey: ["tasks", task] });
  void queryClient.invalidateQueries({ queryKey: ["timesheets"] });
}

const shown = (): Timer | null => queryClient.getQueryData(timerQuery.queryKey)?.timer ?? null;

function show(timer: Timer | null): void {
  // An answer that is on its way knows nothing of this step yet.
  void queryClient.cancelQueries({ queryKey: timerQuery.queryKey });
  queryClient.setQueryData(timerQuery.queryKey, { timer });
}

/** Starts the timer on a task; one that runs on another is stopped and logged. */
export async function startTimer(task: string): Promise<void> {
  const before = shown();
  show({ task, started_at: new Date().toISOString(), note: "" });
  try {
    const started = await answer(api.POST("/api/timer/start", { body: { task } }));
    show(started.timer);
    if (started.stopped) {
      toast(`Timer started on ${task}. ${started.stopped.detail}`);
      rereadTime(started.stopped.task);
    }
  } catch (error) {
    show(before);
    problemToast(`The timer did not start. ${explain(error)}`);
  }
}

/** Stops the timer and logs what ran, or throws it away. */
export async function stopTimer(discard = false): Promise<void> {
  const before = shown();
  show(null);
  try {
    const stopped = await answer(api.POST("/api/timer/stop", { body: { discard } }));
    toast(stopped.detail);
    rereadTime(stopped.task);
  } catch (error) {
    show(before);
    problemToast(`The timer did not stop. ${explain(error)}`, {
      label: "Discard time",
      run: () => void stopTimer(true),
    });
    void queryClient.invalidateQueries({ queryKey: timerQuery.queryKey });
  }
}

/** Starts the timer on a task, or stops it where it runs on that one. */
export function toggleTimer(task: string): Promise<void> {
  return shown()?.task === task ? stopTimer() : startTimer(task);
}
