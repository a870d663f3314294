import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Pencil, Play, Plus, Square, Timer as TimerIcon, Trash2 } from "lucide-react";
import { useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useAccount } from "@/data/session/auth-context";
import { useOpenBoard } from "@/data/boards/board-context";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { Task, TimeLog } from "@/lib/api/types";
import { shortDay } from "@/lib/dates";
import { timeLogsQuery, timerQuery } from "../api/time-query";
import { rereadTime, toggleTimer } from "../api/timer";
import { durationWords } from "@/lib/duration";
import { TimeForm } from "./time-form";

/** The time that was logged on a task, against its estimate. */
export function TimeSection({ task, editable }: { task: Task; editable: boolean }) {
  const { people } = useOpenBoard();
  const { user } = useAccount();
  const logs = useInfiniteQuery(timeLogsQuery(task.key));
  const timer = useQuery(timerQuery).data?.timer;
  const [logging, setLogging] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const items = logs.data?.pages.flatMap((page) => page.items) ?? [];
  const runs = timer?.task === task.key;

  const remove = useMutation({
    mutationFn: (log: TimeLog) =>
      answer(
        api.DELETE("/api/tasks/{task}/time-logs/{log_id}", {
          params: { path: { task: task.key, log_id: log.id } },
        }),
      ),
    onSuccess: (_, log) => {
      toast(`${durationWords(log.minutes)} removed`, {
        action: {
          label: "Undo",
          run: () => {
            const body = { minutes: log.minutes, date: log.date, note: log.note };
            void answer(
              api.POST("/api/tasks/{task}/time-logs", { params: { path: { task: task.key } }, body }),
            )
              .catch((error: unknown) => problemToast(`The time was not restored. ${explain(error)}`))
              .finally(() => rereadTime(task.key));
          },
        },
      });
    },
    onError: (error) => problemToast(`The time was not removed. ${explain(error)}`),
    onSettled: () => rereadTime(task.key),
  });

  return (
    <section aria-label="Time" className="border-line mt-8 border-t pt-4">
      <div className="mb-2 flex items-center gap-2">
        <h3 className="flex-1 font-semibold">Time</h3>
        {editable && (
          <>
            <Button size="small" onClick={() => void toggleTimer(task.key)}>
              {runs ? (
                <Square size={12} aria-hidden fill="currentColor" />
              ) : (
                <Play size={12} aria-hidden fill="currentColor" />
              )}
              {runs ? "Stop timer" : "Start timer"}
            </Button>
            <Button size="small" onClick={() => setLogging(true)} disabled={logging}>
              <Plus size={14} aria-hidden />
              Log time
            </Button>
          </>
        )}
      </div>
      <Progress task={task} />
      {logging && <TimeForm task={task.key} onDone={() => setLogging(false)} />}
      {logs.isPending && <SkeletonRows rows={2} label="Loading the logged time" />}
      {logs.isError && items.length === 0 && (
        <Failure
          error={logs.error}
          title="The logged time did not load"
          onRetry={() => void logs.refetch()}
        />
      )}
      {logs.isSuccess && items.length === 0 && !logging && (
        <p className="text-faint">No time is logged yet.{editable && " Start the timer or log time."}</p>
      )}
      <ul className="flex flex-col">
        {items.map((log) => {
          const person = people.get(log.person) ?? { id: log.person, name: "Former member" };
          if (editing === log.id) {
            return (
              <li key={log.id}>
                <TimeForm task={task.key} log={log} onDone={() => setEditing(null)} />
              </li>
            );
          }
          return (
            <li key={log.id} className="flex min-h-9 items-center gap-2.5 py-1">
              <Avatar person={person} />
              <p className="min-w-0 flex-1 wrap-anywhere">
                <span className="font-medium tabular-nums">{durationWords(log.minutes)}</span>{" "}
                <span className="text-quiet">
                  {shortDay(log.date)}
                  {log.note && `: ${log.note}`}
                </span>
                {log.timed && (
                  <TimerIcon size={12} aria-label="by timer" className="text-faint ml-1.5 inline" />
                )}
              </p>
              {editable && log.person === user.id && (
                <>
                  <IconButton label={`Edit ${durationWords(log.minutes)}`} onClick={() => setEditing(log.id)}>
                    <Pencil size={13} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={`Remove ${durationWords(log.minutes)}`}
                    disabled={remove.isPending}
                    onClick={() => remove.mutate(log)}
                  >
                    <Trash2 size={13} aria-hidden />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {logs.hasNextPage && (
        <Button
          size="small"
          look="quiet"
          busy={logs.isFetchingNextPage}
          onClick={() => void logs.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}

/** What was logged, as a part of what was estimated. */
function Progress({ task }: { task: Task }) {
  const actual = Math.round(task.actual_hours * 60);
  const estimate = task.estimated_hours == null ? null : Math.round(task.estimated_hours * 60);
  if (actual === 0 && !estimate) return null;
  const over = estimate !== null && actual > estimate;
  const part = estimate ? Math.min(100, (actual / estimate) * 100) : 0;
  return (
    <div className="mb-2">
      <p className="text-quiet">
        <span className="text-text font-medium tabular-nums">{durationWords(actual)}</span> logged
        {estimate !== null && (
          <>
            {" "}
            of {durationWords(estimate)} estimated
            {over && (
              <span className="text-danger font-medium">, {durationWords(actual - estimate)} over</span>
            )}
          </>
        )}
      </p>
      {estimate !== null && estimate > 0 && (
        <div
          role="progressbar"
          aria-label="Time logged against the estimate"
          aria-valuenow={Math.round((actual / estimate) * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
          className="bg-pressed mt-1.5 h-1.5 overflow-hidden rounded-full"
        >
          <div
            className={over ? "bg-danger-solid h-full" : "bg-accent h-full"}
            style={{ width: `${part}%` }}
          />
        </div>
      )}
    </div>
  );
}
