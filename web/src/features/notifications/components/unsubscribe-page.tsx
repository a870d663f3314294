import { useMutation } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { Button } from "@/components/ui/button";
import { linkClass } from "@/components/layout/auth-form";
import { explain } from "@/lib/api/problem";
import { answer, api } from "@/lib/api/client";
import type { MailTopic } from "@/lib/api/types";
import { paths } from "@/lib/paths";

const topics: Record<MailTopic, string> = {
  assigned: "tasks that are assigned to you",
  mentioned: "mentions of you",
  commented: "comments",
  status_changed: "tasks that change status",
  updated: "tasks that change",
  due: "your tasks that are due",
  overdue: "your overdue tasks",
  added: "projects you are added to",
  finished: "reports and imports that are done",
  digest: "the daily summary",
  weekly_report: "the weekly report",
};

/** Stops mails of one kind, for whoever holds the link of one. A click is asked for: programs open links too. */
export function UnsubscribePage() {
  const { token = "" } = useParams();
  const stop = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/notifications/unsubscribe/{token}", { params: { path: { token } } })),
  });
  if (stop.isSuccess) {
    return (
      <section role="status">
        <PublicTitle>You are unsubscribed</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          {stop.data.workspace} no longer emails you about {topics[stop.data.topic]}.
        </p>
        <Link to={paths.notificationSettings} className={linkClass}>
          Notification settings
        </Link>
      </section>
    );
  }
  return (
    <section>
      <PublicTitle>Unsubscribe from these emails?</PublicTitle>
      <p className="text-quiet text-reading mt-1 mb-5">
        You will no longer get this kind of email. Notifications still reach your Millrace inbox.
      </p>
      {stop.isError && (
        <p role="alert" className="text-danger mb-4">
          You are still subscribed. {explain(stop.error)}
        </p>
      )}
      <Button look="primary" size="large" busy={stop.isPending} onClick={() => stop.mutate()}>
        Unsubscribe
      </Button>
    </section>
  );
}
