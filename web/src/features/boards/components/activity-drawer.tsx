import { useInfiniteQuery } from "@tanstack/react-query";
import { History, X } from "lucide-react";
import { useEffect, useRef, type UIEvent } from "react";
import { Link, useLocation } from "react-router";
import { paths } from "@/lib/paths";
import { Avatar } from "@/components/ui/avatar";
import { Button, IconButton } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { known } from "@/data/live/moved-by-others";
import type { Names } from "@/data/tasks/history-sentence";
import { useNames } from "@/data/tasks/use-names";
import { eventData, type BoardEvent } from "@/lib/api/types";
import { fromNow, fullMoment } from "@/lib/dates";
import { timelineQuery } from "@/data/boards/timeline-query";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { timelineSentence } from "../timeline-sentence";

/** Older news is on its way before the end of the list comes into sight. */
const AHEAD = 240;

/** What happened on the board, newest first, beside it. */
export function ActivityDrawer({ onClose }: { onClose: () => void }) {
  const { board } = useOpenBoard();
  const view = useBoardView();
  const panel = useRef<HTMLElement>(null);
  const timeline = useInfiniteQuery(timelineQuery(board));
  const events = timeline.data?.pages.flatMap(({ items }) => items) ?? [];
  const names = useNames(view);

  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);

  const scrolled = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLElement>) => {
    const near = scrollHeight - scrollTop - clientHeight < AHEAD;
    if (near && timeline.hasNextPage && !timeline.isFetchingNextPage) void timeline.fetchNextPage();
  };

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Activity"
      className="bg-surface border-line flex w-[340px] shrink-0 animate-[slide-in-right_var(--motion)_var(--ease)] flex-col border-l outline-none max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-10 max-lg:max-w-full max-lg:shadow-lifted"
    >
      <header className="border-line flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="flex-1 font-semibold">Activity</h2>
        <IconButton label="Close activity" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div onScroll={scrolled} className="min-h-0 flex-1 overflow-y-auto px-4 py-2">
        {timeline.isPending && <SkeletonRows rows={6} label="Loading the activity" />}
        {timeline.isError && events.length === 0 && (
          <Failure
            error={timeline.error}
            title="The activity did not load"
            onRetry={() => void timeline.refetch()}
          />
        )}
        {timeline.isSuccess && events.length === 0 && (
          <Empty icon={<History size={22} aria-hidden />} title="No activity yet">
            Changes to this board show up here.
          </Empty>
        )}
        <ol className="flex flex-col">
          {events.map((event) => (
            <Happened key={event.id} event={event} names={names} />
          ))}
        </ol>
        {timeline.hasNextPage && (
          <Button
            size="small"
            look="quiet"
            busy={timeline.isFetchingNextPage}
            onClick={() => void timeline.fetchNextPage()}
          >
            Show older
          </Button>
        )}
      </div>
    </aside>
  );
}

function Happened({ event, names }: { event: BoardEvent; names: Names }) {
  const { board, project } = useOpenBoard();
  const view = useBoardView();
  const { search } = useLocation();
  const { task } = event;
  const title = task ? (view.cards.get(task)?.title ?? eventData(event).card?.title) : undefined;
  return (
    <li className="flex gap-2.5 py-2">
      <Avatar person={known(event.actor)} />
      <div className="min-w-0 flex-1">
        <p className="text-quiet wrap-anywhere">
          <span className="text-text font-medium">{event.actor.name}</span> {timelineSentence(event, names)}
        </p>
        <p className="text-faint text-meta mt-0.5 flex min-w-0 items-center gap-1.5">
          {task && (
            <Link
              to={paths.task(project, board, task) + search}
              className="text-quiet hover:text-text min-w-0 truncate underline-offset-2 hover:underline touch:leading-11"
            >
              <span className="tabular-nums">{task}</span> {title}
            </Link>
          )}
          <time dateTime={event.at} title={fullMoment(event.at)} className="shrink-0">
            {fromNow(event.at)}
          </time>
        </p>
      </div>
    </li>
  );
}
