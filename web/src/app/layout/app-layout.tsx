import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { Outlet, useLocation, useNavigate, useNavigation, useParams } from "react-router";
import { runLatestAction } from "@/components/ui/toast-store";
import { IconButton } from "@/components/ui/button";
import { useLate } from "@/components/ui/use-late";
import { ConflictDialog } from "@/features/tasks";
import { useWorkspace } from "@/data/session/auth-context";
import { lastBoard } from "@/data/boards/last-board";
import { Bell, useNotifications } from "@/features/notifications";
import { RunningTimer } from "@/features/time";
import { classNames } from "@/lib/class-names";
import { useKeys } from "@/lib/use-keys";
import { paths } from "@/lib/paths";
import { CommandPalette } from "./command-palette";
import { LayoutContext } from "@/components/layout/layout-context";
import { KeyList } from "./key-list";
import { Sidebar } from "./sidebar";

const STORED = "millrace.sidebar";

/** The frame of every page behind the sign-in: the sidebar, the palette and the list of keys. */
export function AppLayout() {
  const [folded, setFolded] = useState(() => localStorage.getItem(STORED) === "folded");
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const [keys, setKeys] = useState(false);
  const navigate = useNavigate();
  const { project } = useParams();
  const workspace = useWorkspace();
  const underWay = useLate(useNavigation().state !== "idle");
  useNotifications(workspace.id);
  const { pathname } = useLocation();
  const [openedAt, setOpenedAt] = useState(pathname);
  if (openedAt !== pathname) {
    // Whoever goes somewhere from the drawer is done with it.
    setOpenedAt(pathname);
    setDrawer(false);
  }

  useEffect(() => {
    localStorage.setItem(STORED, folded ? "folded" : "open");
  }, [folded]);

  useKeys([
    { keys: "mod+k", whileTyping: true, run: () => setPalette((open) => !open) },
    { keys: "?", run: () => setKeys(true) },
    { keys: "mod+z", run: () => void runLatestAction() },
    { keys: "mod+\\", whileTyping: true, run: () => setFolded((was) => !was) },
    {
      keys: "g b",
      run: () => {
        const last = lastBoard(workspace.id);
        if (last) void navigate(paths.board(last.project, last.board));
        else if (project) void navigate(paths.project(project));
        else void navigate(paths.projects);
      },
    },
    {
      keys: "g l",
      run: () => {
        const last = lastBoard(workspace.id);
        if (last) void navigate(paths.backlog(last.project, last.board));
        else void navigate(paths.projects);
      },
    },
    { keys: "g p", run: () => void navigate(paths.projects) },
    { keys: "g i", run: () => void navigate(paths.inbox) },
    { keys: "g d", run: () => void navigate(paths.dashboard) },
    { keys: "g t", run: () => void navigate(paths.timesheet) },
  ]);

  const layout = useMemo(
    () => ({
      openPalette: () => setPalette(true),
      openKeys: () => setKeys(true),
      unfold: () => setFolded(false),
      fold: () => setFolded(true),
      folded,
      bell: <Bell />,
      timer: <RunningTimer />,
      menuButton: (
        <IconButton label="Open menu" className="-ml-1 md:hidden" onClick={() => setDrawer(true)}>
          <MenuIcon size={18} aria-hidden />
        </IconButton>
      ),
    }),
    [folded],
  );

  return (
    <LayoutContext value={layout}>
      <div className="flex h-dvh overflow-hidden">
        <a
          href="#content"
          className="bg-accent text-on-accent sr-only z-50 rounded-small focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
        {underWay && (
          <div
            role="status"
            aria-label="Loading the page"
            className="bg-accent fixed inset-x-0 top-0 z-60 h-0.5 animate-[breathe_1.6s_ease-in-out_infinite]"
          />
        )}
        {drawer && (
          <button
            type="button"
            aria-label="Close menu"
            className="bg-overlay fixed inset-0 z-30 animate-[appear_var(--motion)] md:hidden"
            onClick={() => setDrawer(false)}
          />
        )}
        <div
          className={classNames(
            "shrink-0",
            folded && "md:hidden",
            drawer
              ? "max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:z-40 max-md:animate-[slide-in-left_var(--motion)_var(--ease)]"
              : "max-md:hidden",
          )}
        >
          <Sidebar />
        </div>
        <div id="content" tabIndex={-1} className="relative flex min-w-0 flex-1 flex-col outline-none">
          <Outlet />
        </div>
      </div>
      <CommandPalette open={palette} onOpenChange={setPalette} />
      <KeyList open={keys} onOpenChange={setKeys} />
      <ConflictDialog />
    </LayoutContext>
  );
}
