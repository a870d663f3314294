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
  status_changed: "tasks that move on",
  updated: "tasks that change",
  due: "tasks of yours that are due",
  overdue: "tasks of yours that are overdue",
  added: "projects that you come into",
  finished: "reports and imports that are done",
  digest: "each day, as a summary",
  weekly_report: "each week, as a report",
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
        <PublicTitle>No more of these mails</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          {stop.data.workspace} no longer mails you about {topics[stop.data.topic]}.
        </p>
        <Link to={paths.notificationSettings} className={linkClass}>
          Choose what else you hear of
        </Link>
      </section>
    );
  }
  return (
    <section>
      <PublicTitle>Stop these mails?</PublicTitle>
      <p className="text-quiet text-reading mt-1 mb-5">
        You get no more mails like the one that brought you here. Your inbox in Millrace still tells you.
      </p>
      {stop.isError && (
        <p role="alert" className="text-danger mb-4">
          The mails were not stopped. {explain(stop.error)}
        </p>
      )}
      <Button look="primary" size="large" busy={stop.isPending} onClick={() => stop.mutate()}>
        Stop the mails
      </Button>
    </section>
  );
}
