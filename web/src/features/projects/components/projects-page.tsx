import { useQuery } from "@tanstack/react-query";
import { FolderKanban, Plus, Settings } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { PageBody, PageHead, PageTitle } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { projectsQuery } from "@/data/projects/projects";
import { CreateProjectDialog } from "./create-project-dialog";

/** Every project of the workspace that the person may see. */
export function ProjectsPage() {
  const projects = useQuery(projectsQuery);
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus size={14} aria-hidden />
      Create project
    </Button>
  );
  return (
    <>
      <PageHead actions={projects.data?.length ? create : null}>
        <PageTitle>Projects</PageTitle>
      </PageHead>
      <PageBody>
        {projects.isPending && <SkeletonRows rows={5} label="Loading projects" />}
        {projects.isError && !projects.data && (
          <Failure
            error={projects.error}
            title="The projects did not load"
            onRetry={() => void projects.refetch()}
          />
        )}
        {projects.data?.length === 0 && (
          <Empty icon={<FolderKanban size={26} aria-hidden />} title="No projects yet" action={create}>
            A project holds boards, tasks and the people who work on them. Start with one; a board comes with
            it.
          </Empty>
        )}
        <ul className="flex flex-col gap-2">
          {projects.data?.map((project) => (
            <li
              key={project.key}
              className="bg-surface border-line hover:border-line-strong relative flex items-center gap-3 rounded-card border p-3 transition-colors"
            >
              <span
                aria-hidden
                className="bg-accent-soft text-accent-ink grid h-9 min-w-9 place-items-center rounded-small px-1.5 text-[11px] font-semibold"
              >
                {project.key}
              </span>
              <div className="min-w-0 flex-1">
                <Link
                  to={
                    project.board_id ? paths.board(project.key, project.board_id) : paths.project(project.key)
                  }
                  className="font-semibold after:absolute after:inset-0 after:rounded-card"
                >
                  {project.name}
                </Link>
                {project.description && <p className="text-quiet truncate">{project.description}</p>}
              </div>
              <Link
                to={paths.projectSettings(project.key)}
                aria-label={`Settings of ${project.name}`}
                title="Project settings"
                className="text-quiet hover:bg-hover hover:text-text relative grid size-8 place-items-center rounded-small touch:size-11"
              >
                <Settings size={15} aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      </PageBody>
      <CreateProjectDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
