import { useQuery } from "@tanstack/react-query";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { fromNow, fullMoment } from "@/lib/dates";
import { bytesInWords } from "@/lib/bytes";
import { metricsQuery } from "../api/workspace";

const count = new Intl.NumberFormat();

const queueNames: Record<string, string> = {
  mail: "Email",
  notifications: "Notifications",
  analytics: "Analytics",
  audit: "Audit trail",
  parents: "Parent tasks",
  timers: "Timers",
  scans: "File scans",
  reports: "Reports",
  imports: "Imports",
};

/** Usage of the server: connections, sessions, storage and queue lengths. */
export function SystemFigures() {
  const metrics = useQuery(metricsQuery);
  const figures = metrics.data && [
    { name: "Live connections", value: count.format(metrics.data.open_sockets) },
    { name: "Active sessions", value: count.format(metrics.data.active_sessions) },
    { name: "Files", value: count.format(metrics.data.storage.files) },
    { name: "Storage", value: bytesInWords(metrics.data.storage.bytes) },
  ];
  return (
    <section aria-label="System">
      <SectionHead
        title="System"
        action={
          <Button size="small" busy={metrics.isFetching} onClick={() => void metrics.refetch()}>
            Refresh
          </Button>
        }
      >
        {metrics.data ? (
          <>
            Updated{" "}
            <time dateTime={metrics.data.at} title={fullMoment(metrics.data.at)}>
              {fromNow(metrics.data.at)}
            </time>
            . Queues are shared by all workspaces.
          </>
        ) : (
          "Connections, storage and queues."
        )}
      </SectionHead>
      {metrics.isPending && <SkeletonRows rows={3} label="Loading the figures" />}
      {metrics.isError && !metrics.data && (
        <Failure
          error={metrics.error}
          title="The figures did not load"
          onRetry={() => void metrics.refetch()}
        />
      )}
      {figures && (
        <dl className="mb-4 grid grid-cols-4 gap-3 max-sm:grid-cols-2">
          {figures.map(({ name, value }) => (
            <div key={name} className="border-line rounded-card border px-3 py-2">
              <dt className="text-faint text-meta">{name}</dt>
              <dd className="text-[18px] font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {metrics.data && (
        <table className="w-full tabular-nums">
          <thead>
            <tr className="text-faint text-meta text-right">
              <th scope="col" className="py-1 text-left font-medium">
                Queue
              </th>
              <th scope="col" className="font-medium">
                Waiting
              </th>
              <th scope="col" className="font-medium">
                In progress
              </th>
              <th scope="col" className="font-medium">
                Failed
              </th>
            </tr>
          </thead>
          <tbody className="divide-line divide-y">
            {metrics.data.queues.map((queue) => (
              <tr key={queue.name} className="text-right">
                <th scope="row" className="py-1.5 text-left font-normal">
                  {queueNames[queue.name] ?? queue.name}
                </th>
                <td>{count.format(queue.waiting + queue.delayed)}</td>
                <td>{count.format(queue.in_flight)}</td>
                <td className={queue.dead_letters > 0 ? "text-danger font-medium" : undefined}>
                  {count.format(queue.dead_letters)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
