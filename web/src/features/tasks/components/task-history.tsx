import { useInfiniteQuery } from "@tanstack/react-query";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { useBoardView } from "@/data/boards/board-context";
import { known } from "@/data/live/moved-by-others";
import { fromNow, fullMoment } from "@/lib/dates";
import { historyQuery } from "@/data/tasks/task-query";
import { historySentence } from "@/data/tasks/history-sentence";
import { useNames } from "@/data/tasks/use-names";

/** What happened to a task, in sentences. */
export function TaskHistory({ task }: { task: string }) {
  const history = useInfiniteQuery(historyQuery(task));
  const names = useNames(useBoardView());
  const events = history.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label="History" className="border-line mt-8 border-t pt-4">
      <h3 className="mb-2 font-semibold">History</h3>
      {history.isPending && <SkeletonRows rows={3} label="Loading the history" />}
      {history.isError && events.length === 0 && (
        <Failure
          error={history.error}
          title="The history did not load"
          onRetry={() => void history.refetch()}
        />
      )}
      {history.isSuccess && events.length === 0 && <p className="text-faint">No activity yet.</p>}
      <ol className="flex flex-col">
        {events.map((event) => (
          <li key={event.id} className="flex gap-2.5 py-1.5">
            <Avatar person={known(event.actor)} />
            <p className="text-quiet min-w-0 flex-1 wrap-anywhere">
              <span className="text-text font-medium">{event.actor.name}</span>{" "}
              {historySentence(event, names)}{" "}
              <time
                dateTime={event.at}
                title={fullMoment(event.at)}
                className="text-faint text-meta whitespace-nowrap"
              >
                {fromNow(event.at)}
              </time>
            </p>
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          size="small"
          look="quiet"
          busy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}
