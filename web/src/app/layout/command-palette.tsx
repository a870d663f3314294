import { useQueries, useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { FolderKanban, Keyboard, Moon, Plus, Search, Settings, SquareKanban, Sun, Users } from "lucide-react";
import { Dialog } from "radix-ui";
import { useDeferredValue, useState, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { floatingClass } from "@/components/ui/menu";
import { useOpener } from "@/components/ui/use-opener";
import { StatusIcon } from "@/components/ui/status-icon";
import { boardState } from "@/data/boards/board-query";
import { setQuickAdd } from "@/features/boards";
import { boardsQuery, projectsQuery } from "@/data/projects/projects";
import { CreateProjectDialog } from "@/features/projects";
import { setAppearance } from "@/lib/appearance";
import { answer, api } from "@/lib/api/client";
import { classNames } from "@/lib/class-names";
import { paths } from "@/lib/paths";
import { useLayout } from "@/components/layout/layout-context";

const itemClass =
  "flex h-9 cursor-pointer items-center gap-2.5 rounded-small px-2.5 data-[selected=true]:bg-hover touch:h-11";

function Item({
  id,
  icon,
  children,
  onSelect,
}: {
  id: string;
  icon: ReactNode;
  children: ReactNode;
  onSelect: () => void;
}) {
  return (
    <Command.Item value={id} onSelect={onSelect} className={itemClass}>
      <span className="text-faint shrink-0">{icon}</span>
      {children}
    </Command.Item>
  );
}

const groupClass =
  "[&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1";

/** Finds tasks, goes to boards and pages, and does things, all by typing. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const [creating, setCreating] = useState(false);
  const giveBack = useOpener(open);
  return (
    <>
      <Dialog.Root open={open} onOpenChange={onOpenChange}>
        <Dialog.Portal>
          <Dialog.Overlay className="bg-overlay fixed inset-0 z-40 animate-[appear_120ms]" />
          <Dialog.Content
            aria-describedby={undefined}
            onCloseAutoFocus={giveBack}
            className={classNames(
              floatingClass,
              "shadow-lifted fixed top-[14vh] left-1/2 w-[min(600px,calc(100vw-24px))] -translate-x-1/2 rounded-[12px] p-0",
            )}
          >
            <Dialog.Title className="sr-only">Search or jump</Dialog.Title>
            <Palette onClose={() => onOpenChange(false)} onCreateProject={() => setCreating(true)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <CreateProjectDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}

function Palette({ onClose, onCreateProject }: { onClose: () => void; onCreateProject: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState("");
  const asked = useDeferredValue(text.trim());
  const navigate = useNavigate();
  const { openKeys } = useLayout();
  const { board } = useParams();
  const projects = useQuery(projectsQuery);
  const boards = useQueries({
    queries: (projects.data ?? []).slice(0, 30).map(({ key }) => boardsQuery(key)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const tasks = useQuery({
    queryKey: ["tasks", "find", asked],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/tasks", { params: { query: { q: asked, limit: 8 } }, signal })),
    enabled: asked.length > 1,
    placeholderData: (before) => before,
  });

  const run = (work: () => void) => () => {
    onClose();
    work();
  };
  const words = asked.toLowerCase();
  const matches = (label: string) => words.split(/\s+/).every((word) => label.toLowerCase().includes(word));
  const names = new Map((projects.data ?? []).map(({ key, name }) => [key, name]));

  const places = [
    ...boards
      .filter((board) => matches(`${board.name} ${names.get(board.project) ?? ""} board`))
      .slice(0, 8)
      .map((board) => ({
        id: `board ${board.id}`,
        icon: <SquareKanban size={15} aria-hidden />,
        label: board.name,
        hint: names.get(board.project),
        to: paths.board(board.project, board.id),
      })),
    ...(projects.data ?? [])
      .filter((project) => matches(`${project.name} ${project.key} settings`))
      .slice(0, 5)
      .map((project) => ({
        id: `project ${project.key}`,
        icon: <FolderKanban size={15} aria-hidden />,
        label: `${project.name} settings`,
        hint: project.key,
        to: paths.projectSettings(project.key),
      })),
    ...[
      {
        id: "projects",
        icon: <FolderKanban size={15} aria-hidden />,
        label: "All projects",
        to: paths.projects,
      },
      {
        id: "members",
        icon: <Users size={15} aria-hidden />,
        label: "Members and invites",
        to: paths.members,
      },
      { id: "settings", icon: <Settings size={15} aria-hidden />, label: "Settings", to: paths.settings },
    ]
      .filter(({ label }) => matches(label))
      .map((place) => ({ ...place, hint: undefined })),
  ];
  const first = board === undefined ? undefined : boardState(board)?.columns[0];
  const actions = [
    ...(first
      ? [
          {
            id: "new task",
            icon: <Plus size={15} aria-hidden />,
            label: "New task",
            // The palette gives the focus back as it closes, which the new box then takes.
            run: () => setTimeout(() => setQuickAdd(first.id)),
          },
        ]
      : []),
    {
      id: "create project",
      icon: <Plus size={15} aria-hidden />,
      label: "Create a project",
      run: onCreateProject,
    },
    {
      id: "light",
      icon: <Sun size={15} aria-hidden />,
      label: "Light theme",
      run: () => setAppearance({ theme: "light" }),
    },
    {
      id: "dark",
      icon: <Moon size={15} aria-hidden />,
      label: "Dark theme",
      run: () => setAppearance({ theme: "dark" }),
    },
    {
      id: "system",
      icon: <Sun size={15} aria-hidden />,
      label: "System theme",
      run: () => setAppearance({ theme: "system" }),
    },
    { id: "keys", icon: <Keyboard size={15} aria-hidden />, label: "Keyboard shortcuts", run: openKeys },
  ].filter(({ label }) => matches(label));
  const found = asked.length > 1 ? (tasks.data?.items ?? []) : [];

  // What is found arrives later than what is typed; something is always chosen, so that Enter always does something.
  const ids = [
    ...places.map(({ id }) => id),
    ...found.map(({ key }) => `task ${key}`),
    ...actions.map(({ id }) => id),
  ];
  return (
    <Command
      shouldFilter={false}
      label="Search or jump"
      loop
      value={ids.includes(chosen) ? chosen : (ids[0] ?? "")}
      onValueChange={setChosen}
    >
      <div className="border-line flex items-center gap-2.5 border-b px-3.5">
        <Search size={16} aria-hidden className="text-faint" />
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder="Search tasks, boards and actions"
          className="h-12 flex-1 bg-transparent text-[15px] outline-none"
        />
      </div>
      <Command.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
        {places.length > 0 && (
          <Command.Group heading="Go to" className={groupClass}>
            {places.map(({ id, icon, label, hint, to }) => (
              <Item key={id} id={id} icon={icon} onSelect={run(() => void navigate(to))}>
                <span className="truncate">{label}</span>
                {hint && <span className="text-faint text-meta ml-auto shrink-0">{hint}</span>}
              </Item>
            ))}
          </Command.Group>
        )}
        {found.length > 0 && (
          <Command.Group heading="Tasks" className={groupClass}>
            {found.map((task) => (
              <Item
                key={task.key}
                id={`task ${task.key}`}
                icon={<StatusIcon category={task.status} />}
                onSelect={run(() => void navigate(paths.task(task.project, task.board_id, task.key)))}
              >
                <span className="text-faint shrink-0 tabular-nums">{task.key}</span>
                <span className="truncate">{task.title}</span>
              </Item>
            ))}
          </Command.Group>
        )}
        {actions.length > 0 && (
          <Command.Group heading="Actions" className={groupClass}>
            {actions.map(({ id, icon, label, run: act }) => (
              <Item key={id} id={id} icon={icon} onSelect={run(act)}>
                <span className="truncate">{label}</span>
              </Item>
            ))}
          </Command.Group>
        )}
        {tasks.isError && asked.length > 1 && (
          <p className="text-quiet px-2.5 py-2">Search is unavailable right now.</p>
        )}
        {found.length + places.length + actions.length === 0 && !tasks.isFetching && (
          <p className="text-quiet px-2.5 py-6 text-center">Nothing matches “{asked}”.</p>
        )}
      </Command.List>
    </Command>
  );
}
