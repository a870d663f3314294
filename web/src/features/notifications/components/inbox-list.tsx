import { useInfiniteQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { inboxQuery, useRead } from "../api/notifications";
import { byDay } from "../words";
import { NotificationRow } from "./notification-row";

/** Moves the focus between notifications. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-notification]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = rows[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}

/** What the person heard of, by day. */
export function InboxList({ unreadOnly = false, onOpen }: { unreadOnly?: boolean; onOpen?: () => void }) {
  const inbox = useInfiniteQuery(inboxQuery);
  const read = useRead();
  if (inbox.isPending) return <SkeletonRows rows={4} label="Loading the inbox" />;
  if (inbox.isError && !inbox.data) {
    return (
      <Failure error={inbox.error} title="The inbox did not load" onRetry={() => void inbox.refetch()} />
    );
  }
  const all = inbox.data.pages.flatMap(({ items }) => items);
  const shown = unreadOnly ? all.filter((notification) => !notification.read) : all;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows move between the links in it
    <div onKeyDown={moveFocus}>
      {shown.length === 0 && !inbox.hasNextPage && (
        <Empty
          icon={<Inbox size={22} aria-hidden />}
          title={unreadOnly && all.length ? "You have read everything" : "Nothing here yet"}
        >
          Tasks you are assigned, watch or are mentioned in show up here.
        </Empty>
      )}
      {byDay(shown).map(({ day, name, items }) => (
        <section key={day} aria-label={name}>
          <h2 className="text-faint text-meta px-3 pt-3 pb-1 font-medium">{name}</h2>
          <ul>
            {items.map((notification) => (
              <li key={notification.id}>
                <NotificationRow
                  notification={notification}
                  onOpen={(opened) => {
                    if (!opened.read) read.mutate(opened);
                    onOpen?.();
                  }}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {inbox.hasNextPage && (
        <div className="px-3 py-3">
          <Button size="small" busy={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </div>
  );
}
