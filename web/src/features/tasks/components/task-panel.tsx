import { useQuery } from "@tanstack/react-query";
import { Archive, Copy, Ellipsis, FolderOutput, RotateCcw, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link, Navigate, useLocation, useNavigate, useParams } from "react-router";
import { paths } from "@/lib/paths";
import { Button, IconButton } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Failure, Skeleton } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { focusCard } from "@/data/boards/card-focus";
import { TimeSection } from "@/features/time";
import { ProblemError } from "@/lib/api/problem";
import type { Task, TaskChange } from "@/lib/api/types";
import { Comments } from "@/features/comments";
import { Files } from "@/features/files";
import { archiveTask, changeTask, restoreTask, seenOf, type Seen } from "@/data/tasks/task-writes";
import { taskQuery } from "@/data/tasks/task-query";
import { CustomFields } from "./custom-fields";
import { TaskDescription } from "./task-description";
import { TaskFields } from "./task-fields";
import { TaskHistory } from "./task-history";
import { TaskLinks } from "./task-links";
import { TaskSubtasks } from "./task-subtasks";
import { TaskTitle } from "./task-title";
import { TaskWatch } from "./task-watch";
import { TransferDialog } from "./transfer-dialog";

/** A task beside its board, at an address of its own. */
export function TaskPanel() {
  const { key = "" } = useParams();
  return <Panel key={key} task={key} />;
}

function Panel({ task: key }: { task: string }) {
  const { board, project } = useOpenBoard();
  const view = useBoardView();
  const navigate = useNavigate();
  const { search } = useLocation();
  const panel = useRef<HTMLElement>(null);
  const query = useQuery(taskQuery(key));
  const column = view.cards.get(key)?.column_id;
  const cardColumn = useRef(column);

  useEffect(() => {
    if (column !== undefined) cardColumn.current = column;
  }, [column]);

  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
    return () => {
      const home = cardColumn.current;
      // The focus goes back to the card, unless another task has taken the panel over by then.
      requestAnimationFrame(() => {
        if (home !== undefined && !document.querySelector("[data-panel-task]")) focusCard(key, home);
      });
    };
  }, [key]);

  const close = () => void navigate(paths.board(project, board) + search);
  const gone = query.error instanceof ProblemError && query.error.status === 404;
  if (query.data && query.data.key !== key) {
    // It was moved to another project since this address was written down.
    const { project: there, board_id, key: now } = query.data;
    return <Navigate to={paths.task(there, board_id, now)} replace />;
  }

  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={`Task ${key}`}
      data-panel-task={key}
      className="bg-surface border-line shadow-lifted absolute inset-y-0 right-0 z-20 flex w-[min(var(--panel-width),100%)] animate-[slide-in-right_var(--motion)_var(--ease)] flex-col border-l outline-none max-sm:fixed max-sm:inset-x-0 max-sm:top-3 max-sm:bottom-0 max-sm:w-full max-sm:animate-[slide-in-up_var(--motion)_var(--ease)] max-sm:rounded-t-[14px] max-sm:border-t"
    >
      <header className="border-line flex h-12 shrink-0 items-center gap-2 border-b pr-2 pl-5 max-sm:pl-4">
        <span className="text-quiet tabular-nums">{key}</span>
        {query.data?.parent && (
          <Link
            to={paths.task(project, board, query.data.parent) + search}
            className="text-quiet hover:text-text text-meta"
          >
            part of {query.data.parent}
          </Link>
        )}
        <span className="flex-1" />
        {query.data && <PanelMenu task={query.data} onArchived={close} />}
        <IconButton label="Close" onClick={close}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {query.data && <title>{`${key} ${query.data.title} · Millrace`}</title>}
      {query.data ? (
        <TaskBody task={query.data} />
      ) : query.isError ? (
        <Failure
          error={query.error}
          title={gone ? `${key} not found` : `${key} did not load`}
          {...(gone ? {} : { onRetry: () => void query.refetch() })}
        />
      ) : (
        <div role="status" aria-label="Loading the task" className="flex flex-col gap-4 p-5">
          <Skeleton className="h-6 w-3/4" />
          <div className="grid grid-cols-2 gap-x-6 gap-y-4">
            {Array.from({ length: 8 }, (_, index) => (
              <Skeleton key={index} className="h-4 w-40" />
            ))}
          </div>
          <Skeleton className="mt-4 h-4 w-full" />
          <Skeleton className="h-4 w-5/6" />
        </div>
      )}
    </aside>
  );
}

function PanelMenu({ task, onArchived }: { task: Task; onArchived: () => void }) {
  const { board, project, works, arranges } = useOpenBoard();
  const [moving, setMoving] = useState(false);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="Task actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Copy size={14} aria-hidden />}
          onSelect={() => {
            navigator.clipboard.writeText(window.location.href).then(
              () => toast("Link copied"),
              () => problemToast("The browser did not let the link be copied. Copy it from the address bar."),
            );
          }}
        >
          Copy link
        </MenuItem>
        {arranges && !task.archived && (
          <MenuItem
            icon={<FolderOutput size={14} aria-hidden />}
            // The menu gives the focus back as it closes, which would close what opens from here.
            onSelect={() => setTimeout(() => setMoving(true))}
          >
            Move to another board
          </MenuItem>
        )}
        {works && !task.archived && (
          <MenuItem
            icon={<Archive size={14} aria-hidden />}
            onSelect={() => {
              onArchived();
              void archiveTask(board, project, task.key);
            }}
          >
            Archive
          </MenuItem>
        )}
        {works && task.archived && (
          <MenuItem
            icon={<RotateCcw size={14} aria-hidden />}
            onSelect={() => void restoreTask(board, project, task.key)}
          >
            Restore
          </MenuItem>
        )}
      </Menu>
      <TransferDialog task={task} open={moving} onOpenChange={setMoving} />
    </>
  );
}

function TaskBody({ task }: { task: Task }) {
  const { board, project, works } = useOpenBoard();
  const editable = works && !task.archived;
  const change = (fields: TaskChange, seen?: Seen) =>
    changeTask(board, task.key, fields, seen ?? seenOf(task, fields));
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-4 pb-10 max-sm:px-4">
      {task.archived && (
        <div className="bg-warning-soft text-warning mb-4 flex items-center justify-between gap-3 rounded-small px-3 py-2">
          This task is archived. It can be restored for 30 days.
          {works && (
            <Button size="small" onClick={() => void restoreTask(board, project, task.key)}>
              Restore
            </Button>
          )}
        </div>
      )}
      <TaskTitle task={task} editable={editable} onChange={change} />
      <TaskFields task={task} editable={editable} onChange={change} />
      <CustomFields task={task} editable={editable} onChange={change} />
      <TaskWatch task={task} />
      <TaskDescription task={task} editable={editable} onChange={change} />
      <TaskSubtasks task={task} editable={editable} />
      <TaskLinks task={task} editable={editable} />
      <Files task={task.key} editable={editable} />
      <Comments task={task.key} editable={editable} reacts={!task.archived} />
      <TimeSection task={task} editable={editable} />
      <TaskHistory task={task.key} />
    </div>
  );
}
