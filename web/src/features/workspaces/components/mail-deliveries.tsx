import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import type { MailDelivery, MailTopic } from "@/lib/api/types";
import { fromNow, fullMoment } from "@/lib/dates";
import { mailsQuery } from "../api/workspace";

const topics: Record<MailTopic, string> = {
  assigned: "A task was assigned",
  mentioned: "A mention",
  commented: "A comment",
  status_changed: "A task changed status",
  updated: "A task changed",
  due: "A task is due",
  overdue: "A task is overdue",
  added: "Added to a project",
  finished: "A report or an import is done",
  digest: "The daily summary",
  weekly_report: "The weekly report",
};

const states: Record<MailDelivery["status"], string> = {
  waiting: "Waiting for quiet hours to end",
  queued: "Queued",
  sending: "Sending",
  sent: "Sent",
  failed: "Failed",
  dropped: "Not sent: no longer needed",
};

/** The mails to the workspace's members, and how far each came; one that failed can be sent again. */
export function MailDeliveries() {
  const [failed, setFailed] = useState(true);
  const mails = useInfiniteQuery(mailsQuery(failed));
  const items = mails.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Email">
      <SectionHead
        title="Email"
        action={
          <label className="text-quiet flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={failed}
              onChange={(event) => setFailed(event.target.checked)}
            />
            Failed only
          </label>
        }
      >
        Sent to members in the last 30 days.
      </SectionHead>
      {mails.isPending && <SkeletonRows rows={3} label="Loading emails" />}
      {mails.isError && items.length === 0 && (
        <Failure error={mails.error} title="The emails did not load" onRetry={() => void mails.refetch()} />
      )}
      {mails.isSuccess && items.length === 0 && (
        <Empty title={failed ? "No failed emails" : "No emails yet"}>
          {failed ? "Emails that could not be delivered show up here." : "Emails to members show up here."}
        </Empty>
      )}
      <ul className="divide-line divide-y">
        {items.map((mail) => (
          <Delivery key={mail.id} mail={mail} />
        ))}
      </ul>
      {mails.hasNextPage && (
        <Button
          size="small"
          look="quiet"
          busy={mails.isFetchingNextPage}
          onClick={() => void mails.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}

function Delivery({ mail }: { mail: MailDelivery }) {
  const cache = useQueryClient();
  const resend = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/admin/mails/{mail_id}/resend", { params: { path: { mail_id: mail.id } } })),
    onSuccess: () => {
      toast("Email sent again");
      return cache.invalidateQueries({ queryKey: mailsQuery(true).queryKey.slice(0, 1) });
    },
    onError: (error) => problemToast(`The email was not sent again. ${explain(error)}`),
  });
  return (
    <li className="flex items-start gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p>
          {topics[mail.topic]} <span className="text-quiet">to {mail.address ?? "a member"}</span>
        </p>
        <p className={mail.status === "failed" ? "text-danger" : "text-quiet"}>
          {states[mail.status]}
          {mail.tries > 1 && ` after ${mail.tries} tries`}
          {mail.reason && `: ${mail.reason}`}
        </p>
      </div>
      <time
        dateTime={mail.updated_at}
        title={fullMoment(mail.updated_at)}
        className="text-faint text-meta shrink-0 whitespace-nowrap"
      >
        {fromNow(mail.updated_at)}
      </time>
      {mail.status === "failed" && (
        <Button size="small" busy={resend.isPending} onClick={() => resend.mutate()}>
          Send again
        </Button>
      )}
    </li>
  );
}
