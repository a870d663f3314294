import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon, CheckCheck, Settings } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { IconButton } from "@/components/ui/button";
import { floatingClass } from "@/components/ui/menu";
import { classNames } from "@/lib/class-names";
import { unreadQuery, useReadAll } from "../api/notifications";
import { InboxList } from "./inbox-list";

/** More than this is "many" to anybody. */
const MOST_SHOWN = 99;

/** The bell: how much is unread, and the inbox behind it. */
export function Bell() {
  const [open, setOpen] = useState(false);
  const unread = useQuery(unreadQuery).data ?? 0;
  const readAll = useReadAll();
  const close = () => setOpen(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label={unread ? `Inbox, ${unread} unread` : "Inbox"} className="relative">
          <BellIcon size={16} aria-hidden />
          {unread > 0 && (
            <span
              aria-hidden
              data-unread={unread}
              className="bg-accent text-on-accent absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full px-1 text-[10px] leading-none font-semibold tabular-nums"
            >
              {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
            </span>
          )}
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Inbox"
          className={classNames(
            floatingClass,
            "flex max-h-[min(560px,var(--radix-popover-content-available-height))] w-[min(400px,calc(100vw-16px))] flex-col p-0",
          )}
        >
          <div className="border-line flex h-11 shrink-0 items-center gap-1 border-b pr-2 pl-4">
            <h2 className="flex-1 font-semibold">Inbox</h2>
            <IconButton
              label="Mark all as read"
              disabled={unread === 0 || readAll.isPending}
              onClick={() => readAll.mutate()}
            >
              <CheckCheck size={15} aria-hidden />
            </IconButton>
            <Link
              to={paths.notificationSettings}
              onClick={close}
              aria-label="Notification settings"
              title="Notification settings"
              className="text-quiet hover:bg-hover hover:text-text grid size-7 place-items-center rounded-small touch:size-11"
            >
              <Settings size={15} aria-hidden />
            </Link>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-1">
            <InboxList onOpen={close} />
          </div>
          <Link
            to={paths.inbox}
            onClick={close}
            className="border-line text-quiet hover:bg-hover hover:text-text flex h-9 shrink-0 items-center justify-center rounded-b-card border-t touch:h-11"
          >
            Open the inbox
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
