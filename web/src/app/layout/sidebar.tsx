import { useQuery } from "@tanstack/react-query";
import {
  Building2,
  ChevronRight,
  Clock,
  ChartColumn,
  FileDown,
  FolderKanban,
  IterationCw,
  ListOrdered,
  LayoutDashboard,
  PanelLeftClose,
  Plus,
  Search,
  Settings,
  SquareKanban,
  Users,
  UsersRound,
} from "lucide-react";
import { useState, type ReactNode } from "react";
import { NavLink, useParams } from "react-router";
import { IconButton } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/states";
import { useWorkspace } from "@/data/session/auth-context";
import { BoardDialog } from "@/features/boards";
import { Bell } from "@/features/notifications";
import { boardsQuery, projectsQuery } from "@/data/projects/projects";
import { CreateProjectDialog } from "@/features/projects";
import { reaches } from "@/lib/roles";
import type { Project } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { onMac } from "@/lib/keys";
import { useFeature } from "@/data/session/use-feature";
import { paths } from "@/lib/paths";
import { useLayout } from "@/components/layout/layout-context";
import { WorkspaceMenu } from "./workspace-menu";

const rowClass = (active: boolean) =>
  classNames(
    "flex h-7.5 min-w-0 items-center gap-2 rounded-small px-2 transition-colors touch:h-11",
    active ? "bg-pressed text-text font-medium" : "text-quiet hover:bg-hover hover:text-text",
  );

function Row({
  to,
  icon,
  end = false,
  children,
}: {
  to: string;
  icon: ReactNode;
  end?: boolean;
  children: ReactNode;
}) {
  return (
    <NavLink to={to} end={end} className={({ isActive }) => rowClass(isActive)}>
      <span className="text-faint shrink-0">{icon}</span>
      <span className="truncate">{children}</span>
    </NavLink>
  );
}

/** The way to every project and board, and to the workspace itself. */
export function Sidebar() {
  const { openPalette, fold } = useLayout();
  const projects = useQuery(projectsQuery);
  const workspace = useWorkspace();
  const [tracksTime, analytics] = [useFeature("time_tracking"), useFeature("analytics")];
  const [creating, setCreating] = useState(false);
  return (
    <nav
      aria-label="Workspace"
      className="bg-sidebar border-line flex h-full w-(--sidebar-width) flex-col border-r"
    >
      <div className="flex h-12 items-center gap-1 pr-2 pl-2">
        <WorkspaceMenu />
        <span className="max-md:hidden">
          <Bell />
        </span>
        <IconButton label="Hide sidebar" className="max-md:hidden" onClick={fold}>
          <PanelLeftClose size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="px-2 pb-2">
        <button
          type="button"
          onClick={openPalette}
          className="border-line bg-surface text-faint hover:border-line-strong flex h-8 w-full items-center gap-2 rounded-small border px-2 transition-colors touch:h-11"
        >
          <Search size={14} aria-hidden />
          <span className="flex-1 text-left">Search or jump</span>
          <kbd className="text-meta font-sans">{onMac ? "⌘K" : "Ctrl K"}</kbd>
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        {analytics && (
          <Row to={paths.dashboard} icon={<LayoutDashboard size={15} aria-hidden />}>
            Dashboard
          </Row>
        )}
        <div className="flex items-center justify-between pt-2 pb-1 pl-2">
          <NavLink to={paths.projects} className="text-faint text-meta hover:text-text font-medium">
            Projects
          </NavLink>
          <IconButton label="Create a project" className="size-6" onClick={() => setCreating(true)}>
            <Plus size={14} aria-hidden />
          </IconButton>
        </div>
        {projects.isPending && (
          <div role="status" aria-label="Loading projects" className="flex flex-col gap-3 px-2 py-2">
            <Skeleton className="h-3.5 w-32" />
            <Skeleton className="h-3.5 w-24" />
            <Skeleton className="h-3.5 w-28" />
          </div>
        )}
        {projects.isError && !projects.data && (
          <p className="text-quiet px-2 py-1">
            The projects did not load.{" "}
            <button
              type="button"
              className="text-accent-ink underline"
              onClick={() => void projects.refetch()}
            >
              Try again
            </button>
          </p>
        )}
        {projects.data?.length === 0 && <p className="text-quiet px-2 py-1">No projects yet.</p>}
        <ul className="flex flex-col gap-px">
          {projects.data?.map((project) => (
            <ProjectRows key={project.key} project={project} />
          ))}
        </ul>
      </div>
      <div className="border-line flex flex-col gap-px border-t p-2">
        {tracksTime && (
          <Row to={paths.timesheet} icon={<Clock size={15} aria-hidden />}>
            Timesheet
          </Row>
        )}
        {workspace.role !== "guest" && (
          <Row to={paths.reports} icon={<FileDown size={15} aria-hidden />}>
            Reports
          </Row>
        )}
        {workspace.role !== "guest" && (
          <Row to={paths.teams} icon={<UsersRound size={15} aria-hidden />}>
            Teams
          </Row>
        )}
        <Row to={paths.members} icon={<Users size={15} aria-hidden />}>
          Members
        </Row>
        {workspace.role !== "guest" && (
          <Row to={paths.workspace} icon={<Building2 size={15} aria-hidden />}>
            Workspace
          </Row>
        )}
        <Row to={paths.settings} icon={<Settings size={15} aria-hidden />}>
          Settings
        </Row>
      </div>
      <CreateProjectDialog open={creating} onOpenChange={setCreating} />
    </nav>
  );
}

function ProjectRows({ project }: { project: Project }) {
  const params = useParams();
  const here = params.project === project.key;
  const [choice, setChoice] = useState<boolean | null>(null);
  const [sprints, analytics] = [useFeature("sprints"), useFeature("analytics")];
  const open = choice ?? here;
  const boards = useQuery({ ...boardsQuery(project.key), enabled: open });
  const [creating, setCreating] = useState(false);
  return (
    <li>
      <div className="group/project relative">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setChoice(!open)}
          className={classNames(rowClass(false), "w-full", here && "text-text font-medium")}
        >
          <ChevronRight
            size={14}
            aria-hidden
            className={classNames("text-faint shrink-0 transition-transform", open && "rotate-90")}
          />
          <span className="truncate">{project.name}</span>
        </button>
        {reaches(project.role, "manager") && (
          <span className="absolute top-0.5 right-0 opacity-0 group-focus-within/project:opacity-100 group-hover/project:opacity-100 touch:hidden">
            <IconButton
              label={`Create a board in ${project.name}`}
              className="size-6"
              onClick={() => setCreating(true)}
            >
              <Plus size={14} aria-hidden />
            </IconButton>
          </span>
        )}
      </div>
      {open && (
        <ul className="border-line ml-[14px] flex flex-col gap-px border-l pl-1.5">
          {boards.isPending && (
            <li className="px-2 py-2">
              <Skeleton className="h-3.5 w-28" />
            </li>
          )}
          {boards.data?.map((board) => (
            <li key={board.id}>
              <Row to={paths.board(project.key, board.id)} icon={<SquareKanban size={14} aria-hidden />}>
                {board.name}
              </Row>
            </li>
          ))}
          {sprints && project.board_id && (
            <li>
              <Row
                to={paths.backlog(project.key, project.board_id)}
                icon={<ListOrdered size={14} aria-hidden />}
              >
                Backlog
              </Row>
            </li>
          )}
          {sprints && (
            <li>
              <Row to={paths.sprints(project.key)} icon={<IterationCw size={14} aria-hidden />}>
                Sprints
              </Row>
            </li>
          )}
          {analytics && (
            <li>
              <Row to={paths.projectAnalytics(project.key)} icon={<ChartColumn size={14} aria-hidden />}>
                Analytics
              </Row>
            </li>
          )}
          <li>
            <Row to={paths.projectSettings(project.key)} icon={<FolderKanban size={14} aria-hidden />}>
              Project settings
            </Row>
          </li>
        </ul>
      )}
      <BoardDialog project={project.key} open={creating} onOpenChange={setCreating} />
    </li>
  );
}
