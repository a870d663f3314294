import {
  Archive,
  ChartNoAxesCombined,
  Ellipsis,
  History,
  ListOrdered,
  Pencil,
  Plus,
  Settings,
  Trash2,
} from "lucide-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { Crumb, PageHead, PageTitle } from "@/components/layout/page-head";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { LivePill, PresentPeople } from "@/features/live";
import type { LiveStatus } from "@/data/live/machine";
import type { Present } from "@/lib/api/types";
import { daysLeft } from "@/data/sprints/sprint-figures";
import { useOpenBoard } from "@/data/boards/board-context";
import type { BoardFilter, BoardState } from "@/data/boards/board-state";
import { BoardDialog } from "./board-dialog";
import { DeleteBoardDialog } from "./delete-board-dialog";
import { FilterBar } from "./filter-bar";

/** The lines over a board: where you are, who else is here, and the filter. */
export function BoardHead({
  view,
  projectName,
  live,
  me,
  activity,
  onActivity,
  filter,
  onFilter,
}: {
  view: BoardState;
  projectName: string;
  live: { status: LiveStatus; people: Present[] };
  me: string;
  /** Whether what happened shows beside the board. */
  activity: boolean;
  onActivity: (shows: boolean) => void;
  filter: BoardFilter;
  onFilter: (change: Partial<BoardFilter>) => void;
}) {
  const { project, arranges } = useOpenBoard();
  const navigate = useNavigate();
  const [renaming, setRenaming] = useState(false);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <PageHead
        actions={
          <>
            <PresentPeople people={live.people} me={me} />
            <LivePill status={live.status} />
            <IconButton
              label="Activity"
              aria-pressed={activity}
              onClick={() => onActivity(!activity)}
              className="aria-pressed:bg-hover aria-pressed:text-text"
            >
              <History size={16} aria-hidden />
            </IconButton>
            <Menu
              align="end"
              trigger={
                <IconButton label="Board actions">
                  <Ellipsis size={16} aria-hidden />
                </IconButton>
              }
            >
              <MenuItem
                icon={<ListOrdered size={14} aria-hidden />}
                keys="G L"
                onSelect={() => void navigate(paths.backlog(project, view.board.id))}
              >
                Backlog
              </MenuItem>
              <MenuItem
                icon={<ChartNoAxesCombined size={14} aria-hidden />}
                onSelect={() => void navigate(paths.insight(project, view.board.id))}
              >
                Flow and cycle time
              </MenuItem>
              <MenuItem
                icon={<Archive size={14} aria-hidden />}
                onSelect={() => void navigate(paths.archived(project))}
              >
                Archived tasks
              </MenuItem>
              <MenuItem
                icon={<Settings size={14} aria-hidden />}
                onSelect={() => void navigate(paths.projectSettings(project))}
              >
                Project settings
              </MenuItem>
              {arranges && (
                <>
                  <MenuSeparator />
                  <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => setRenaming(true)}>
                    Rename board
                  </MenuItem>
                  <MenuItem icon={<Plus size={14} aria-hidden />} onSelect={() => setCreating(true)}>
                    New board
                  </MenuItem>
                  <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setDeleting(true)}>
                    Delete board
                  </MenuItem>
                </>
              )}
            </Menu>
          </>
        }
      >
        <Crumb to={paths.project(project)}>{projectName}</Crumb>
        <PageTitle>{view.board.name}</PageTitle>
        {view.sprint && (
          <Link
            to={paths.sprint(project, view.sprint.id)}
            className="bg-column text-quiet hover:text-text text-meta ml-1 truncate rounded-full px-2 py-0.5 max-sm:hidden"
          >
            {view.sprint.name} · {daysLeft(view.sprint)}
          </Link>
        )}
      </PageHead>
      <FilterBar view={view} filter={filter} onFilter={onFilter} />
      <BoardDialog project={project} board={view.board} open={renaming} onOpenChange={setRenaming} />
      <BoardDialog project={project} open={creating} onOpenChange={setCreating} />
      <DeleteBoardDialog
        board={view.board}
        cards={view.cards.size}
        open={deleting}
        onOpenChange={setDeleting}
      />
    </>
  );
}
