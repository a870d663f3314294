import { useEffect } from "react";
import { useParams } from "react-router";
import { paths } from "@/lib/paths";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { Failure } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { ProblemError } from "@/lib/api/problem";
import { rememberBoard } from "@/data/boards/last-board";
import { useBoard } from "@/data/boards/use-board";
import { BoardSkeleton } from "@/components/layout/board-skeleton";
import { BoardView } from "./board-view";

/** A board with its states: on its way, failed, or there. */
export function BoardPage() {
  const { project = "", board = "" } = useParams();
  const { id: workspace } = useWorkspace();
  const { view, error, refetch, isError } = useBoard(board);
  const gone = error instanceof ProblemError && [403, 404].includes(error.status);
  const found = view !== undefined;

  useEffect(() => {
    if (gone) rememberBoard(workspace, null);
    else if (found) rememberBoard(workspace, { project, board });
  }, [workspace, project, board, gone, found]);

  if (view) return <BoardView key={board} view={view} project={project} />;
  if (isError) {
    return (
      <>
        <PageHead>
          <Crumb to={paths.projects}>Projects</Crumb>
          <PageTitle>Board</PageTitle>
        </PageHead>
        <main className="grid flex-1 place-items-center">
          <Failure
            error={error}
            title={gone ? "Board not found" : "The board did not load"}
            onRetry={() => void refetch()}
          />
        </main>
      </>
    );
  }
  return <BoardSkeleton />;
}
