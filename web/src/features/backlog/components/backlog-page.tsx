import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { PageHead, PageTitle } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { rememberBoard } from "@/data/boards/last-board";
import { useBoard } from "@/data/boards/use-board";
import { sprintsQuery } from "@/data/sprints/sprints";
import { ProblemError } from "@/lib/api/problem";
import { BacklogView } from "./backlog-view";

/** The backlog of a board under the sprints to come, with its states: on its way, failed, or there. */
export function BacklogPage() {
  const { project = "", board = "" } = useParams();
  const { id: workspace } = useWorkspace();
  const { view, error, refetch, isError } = useBoard(board);
  const sprints = useQuery(sprintsQuery(project));
  const found = view !== undefined;
  const gone = error instanceof ProblemError && [403, 404].includes(error.status);

  useEffect(() => {
    if (found) rememberBoard(workspace, { project, board });
  }, [workspace, project, board, found]);

  if (view && sprints.data)
    return <BacklogView key={board} view={view} project={project} sprints={sprints.data} />;
  const failed = isError || sprints.isError;
  return (
    <>
      <PageHead>
        <Link to={paths.project(project)} className="text-quiet hover:text-text">
          {project}
        </Link>
        <span aria-hidden className="text-faint">
          /
        </span>
        <PageTitle>Backlog</PageTitle>
      </PageHead>
      <main className="mx-auto w-full max-w-[1080px] flex-1 px-6 py-6">
        {failed ? (
          <Failure
            error={error ?? sprints.error}
            title={gone ? "Board not found" : "The backlog did not load"}
            {...(gone
              ? {}
              : {
                  onRetry: () => {
                    void refetch();
                    void sprints.refetch();
                  },
                })}
          />
        ) : (
          <SkeletonRows rows={8} label="Loading the backlog" />
        )}
      </main>
    </>
  );
}
