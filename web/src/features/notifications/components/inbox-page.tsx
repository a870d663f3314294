import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { unreadQuery, useReadAll } from "../api/notifications";
import { InboxList } from "./inbox-list";

/** The whole inbox. */
export function InboxPage() {
  const [unreadOnly, setUnreadOnly] = useState(false);
  const unread = useQuery(unreadQuery).data ?? 0;
  const readAll = useReadAll();
  return (
    <>
      <PageHead
        actions={
          <Button
            size="small"
            disabled={unread === 0}
            busy={readAll.isPending}
            onClick={() => readAll.mutate()}
          >
            Mark all as read
          </Button>
        }
      >
        <PageTitle>Inbox</PageTitle>
        {unread > 0 && <span className="text-faint text-meta tabular-nums">{unread} unread</span>}
      </PageHead>
      <PageBody>
        <div className="flex items-center justify-between gap-4">
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={unreadOnly}
              onChange={(event) => setUnreadOnly(event.target.checked)}
              className="accent-accent size-4"
            />
            Unread only
          </label>
          <Link to={paths.notificationSettings} className="text-accent-ink underline touch:py-3">
            Notification settings
          </Link>
        </div>
        <InboxList unreadOnly={unreadOnly} />
      </PageBody>
    </>
  );
}
