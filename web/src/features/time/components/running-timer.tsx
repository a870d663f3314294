import { useQuery } from "@tanstack/react-query";
import { Square, Timer as TimerIcon } from "lucide-react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { IconButton } from "@/components/ui/button";
import { taskQuery } from "@/data/tasks/task-query";
import type { Timer } from "@/lib/api/types";
import { timerQuery } from "../api/time-query";
import { stopTimer } from "../api/timer";
import { runningClock } from "@/lib/duration";
import { useNow } from "../use-now";

/** The timer that runs, at the head of every page: on which task, for how long, and the way to stop it. */
export function RunningTimer() {
  const timer = useQuery(timerQuery).data?.timer;
  return timer ? <Running timer={timer} /> : null;
}

function Running({ timer }: { timer: Timer }) {
  const now = useNow(true);
  const task = useQuery(taskQuery(timer.task)).data;
  const time = runningClock(now - Date.parse(timer.started_at));
  const name = (
    <>
      <TimerIcon size={14} aria-hidden className="text-accent-ink" />
      <span className="text-quiet tabular-nums max-sm:sr-only">{timer.task}</span>
      <span className="font-medium tabular-nums">{time}</span>
    </>
  );
  const lookClass = "flex min-w-0 items-center gap-1.5 rounded-small py-1 pl-1.5";
  return (
    <div
      role="group"
      aria-label="Timer"
      className="border-line bg-surface flex h-8 shrink-0 items-center gap-1 rounded-small border pr-0.5 touch:h-11"
    >
      {task ? (
        <Link
          to={paths.task(task.project, task.board_id, task.key)}
          title={task.title}
          className={`${lookClass} hover:underline`}
        >
          {name}
        </Link>
      ) : (
        <span className={lookClass}>{name}</span>
      )}
      <IconButton label={`Stop the timer on ${timer.task}`} onClick={() => void stopTimer()}>
        <Square size={12} aria-hidden fill="currentColor" />
      </IconButton>
    </div>
  );
}
