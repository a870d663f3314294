import { useQuery } from "@tanstack/react-query";
import { SquareKanban } from "lucide-react";
import { useState } from "react";
import { Navigate, useParams } from "react-router";
import { paths } from "@/lib/paths";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure } from "@/components/ui/states";
import { BoardDialog } from "@/features/boards";
import { BoardSkeleton } from "@/components/layout/board-skeleton";
import { ProblemError } from "@/lib/api/problem";
import { boardsQuery, projectQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";

/** Opens a project's first board, or offers to make one. */
export function ProjectHome() {
  const { project = "" } = useParams();
  const about = useQuery(projectQuery(project));
  const boards = useQuery(boardsQuery(project));
  const [creating, setCreating] = useState(false);
  const first = boards.data?.[0];

  if (first) return <Navigate replace to={paths.board(project, first.id)} />;
  const error = boards.error ?? about.error;
  if (error) {
    const gone = error instanceof ProblemError && error.status === 404;
    return (
      <>
        <PageHead>
          <Crumb to={paths.projects}>Projects</Crumb>
          <PageTitle>{project}</PageTitle>
        </PageHead>
        <main className="grid flex-1 place-items-center">
          <Failure
            error={error}
            title={gone ? "Project not found" : "The project did not load"}
            onRetry={() => {
              void boards.refetch();
              void about.refetch();
            }}
          />
        </main>
      </>
    );
  }
  if (!boards.data || !about.data) return <BoardSkeleton />;
  return (
    <>
      <PageHead>
        <PageTitle>{about.data.name}</PageTitle>
      </PageHead>
      <main className="grid flex-1 place-items-center">
        <Empty
          icon={<SquareKanban size={26} aria-hidden />}
          title="This project has no boards"
          action={
            reaches(about.data.role, "manager") && (
              <Button look="primary" onClick={() => setCreating(true)}>
                Create a board
              </Button>
            )
          }
        >
          A board shows the project&apos;s tasks in columns, from what is planned to what is done.
        </Empty>
      </main>
      <BoardDialog project={project} open={creating} onOpenChange={setCreating} />
    </>
  );
}
