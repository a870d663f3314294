import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { useState } from "react";
import { useParams } from "react-router";
import { paths } from "@/lib/paths";
import { Crumb, PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { fromNow } from "@/lib/dates";
import type { TaskSummary } from "@/lib/api/types";
import { archivedQuery } from "@/data/tasks/task-query";
import { restoreTask } from "@/data/tasks/task-writes";

/** A project's archived tasks, each to be restored. */
export function ArchivedPage() {
  const { project = "" } = useParams();
  const { data: about } = useQuery(projectQuery(project));
  const archived = useInfiniteQuery(archivedQuery(project));
  const tasks = archived.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHead>
        <Crumb to={paths.project(project)}>{about?.name ?? project}</Crumb>
        <PageTitle>Archived tasks</PageTitle>
      </PageHead>
      <PageBody>
        {archived.isPending && <SkeletonRows rows={6} label="Loading archived tasks" />}
        {archived.isError && tasks.length === 0 && (
          <Failure
            error={archived.error}
            title="The archived tasks did not load"
            onRetry={() => void archived.refetch()}
          />
        )}
        {archived.isSuccess && tasks.length === 0 && (
          <Empty icon={<Archive size={24} aria-hidden />} title="Nothing is archived">
            Tasks that you archive wait here for 30 days, and can be restored until then.
          </Empty>
        )}
        <ul className="divide-line divide-y">
          {tasks.map((task) => (
            <ArchivedRow key={task.key} task={task} canRestore={reaches(about?.role, "developer")} />
          ))}
        </ul>
        {archived.hasNextPage && (
          <Button
            className="mt-4"
            busy={archived.isFetchingNextPage}
            onClick={() => void archived.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </PageBody>
    </>
  );
}

function ArchivedRow({ task, canRestore }: { task: TaskSummary; canRestore: boolean }) {
  const [busy, setBusy] = useState(false);
  return (
    <li className="flex min-h-12 items-center gap-3 py-1.5">
      <span className="text-faint w-16 shrink-0 tabular-nums">{task.key}</span>
      <span className="min-w-0 flex-1 truncate">{task.title}</span>
      <span className="text-faint text-meta shrink-0 max-sm:hidden">archived {fromNow(task.updated_at)}</span>
      {canRestore && (
        <Button
          size="small"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void restoreTask(task.board_id, task.project, task.key).finally(() => setBusy(false));
          }}
        >
          Restore
        </Button>
      )}
    </li>
  );
}
