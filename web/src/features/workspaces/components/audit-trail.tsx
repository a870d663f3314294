import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { CsvButton } from "@/components/ui/csv-button";
import { SelectField, TextField } from "@/components/ui/field";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { known } from "@/data/live/moved-by-others";
import { membersQuery } from "@/data/people/people";
import { fromNow, fullMoment } from "@/lib/dates";
import { auditCsv, auditQuery, type AuditFilter } from "../api/workspace";
import { auditSentence } from "../audit-sentence";

const everything: AuditFilter = { actor: "", from: "", to: "" };

/** Who did what in the workspace, newest first. */
export function AuditTrail() {
  const [filter, setFilter] = useState(everything);
  const { id: workspace } = useWorkspace();
  const members = useQuery(membersQuery(workspace));
  const backwards = filter.from !== "" && filter.to !== "" && filter.to < filter.from;
  const trail = useInfiniteQuery({ ...auditQuery(filter), enabled: !backwards });
  const events = trail.data?.pages.flatMap(({ items }) => items) ?? [];
  const change = (part: Partial<AuditFilter>) => setFilter({ ...filter, ...part });
  return (
    <section aria-label="Audit trail">
      <div className="flex items-start justify-between gap-3">
        <SectionHead title="Audit trail">Who did what in this workspace and its projects.</SectionHead>
        <CsvButton
          file="audit-trail.csv"
          read={() => auditCsv(filter)}
          failed="The audit trail was not downloaded."
        />
      </div>
      <div className="mb-3 grid grid-cols-3 gap-3 max-sm:grid-cols-1">
        <SelectField
          label="Person"
          value={filter.actor}
          onChange={(event) => change({ actor: event.target.value })}
        >
          <option value="">Everybody</option>
          {members.data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label="From"
          type="date"
          value={filter.from}
          onChange={(event) => change({ from: event.target.value })}
        />
        <TextField
          label="To"
          type="date"
          value={filter.to}
          error={backwards ? "Is before the first day." : undefined}
          onChange={(event) => change({ to: event.target.value })}
        />
      </div>
      {trail.isPending && !backwards && <SkeletonRows rows={5} label="Loading the audit trail" />}
      {trail.isError && events.length === 0 && (
        <Failure
          error={trail.error}
          title="The audit trail did not load"
          onRetry={() => void trail.refetch()}
        />
      )}
      {trail.isSuccess && events.length === 0 && !trail.hasNextPage && (
        <Empty title="No activity">
          {filter === everything ? "Changes show up here." : "Nothing matches these filters."}
        </Empty>
      )}
      <ol className="divide-line divide-y">
        {events.map((event) => (
          <li key={event.id} className="flex items-start gap-2.5 py-2">
            <Avatar person={known(event.actor)} />
            <p className="text-quiet min-w-0 flex-1 wrap-anywhere">
              <span className="text-text font-medium">{event.actor.name}</span> {auditSentence(event)}
            </p>
            <time
              dateTime={event.at}
              title={fullMoment(event.at)}
              className="text-faint text-meta shrink-0 whitespace-nowrap"
            >
              {fromNow(event.at)}
            </time>
          </li>
        ))}
      </ol>
      {trail.hasNextPage && (
        <Button
          size="small"
          look="quiet"
          busy={trail.isFetchingNextPage}
          onClick={() => void trail.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </section>
  );
}
