import { ChevronsUpDown, Keyboard, LogOut, Plus, Settings } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { Avatar } from "@/components/ui/avatar";
import { problemToast } from "@/components/ui/toast-store";
import { useAccount, useAuth } from "@/data/session/auth-context";
import { WorkspaceForm } from "@/features/workspaces";
import { explain } from "@/lib/api/problem";
import { paths } from "@/lib/paths";
import { useLayout } from "@/components/layout/layout-context";

/** Shows the workspace that is open, and leads to the others and out. */
export function WorkspaceMenu() {
  const { user, workspace, workspaces } = useAccount();
  const { signOut, switchWorkspace } = useAuth();
  const { openKeys } = useLayout();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);

  const open = (id: string) => {
    if (id === workspace?.id) return;
    switchWorkspace(id)
      .then(() => navigate("/"))
      .catch((error: unknown) => problemToast(`The workspace did not open. ${explain(error)}`));
  };

  return (
    <>
      <Menu
        className="w-60"
        trigger={
          <button
            type="button"
            className="hover:bg-hover data-[state=open]:bg-hover flex h-8 min-w-0 flex-1 items-center gap-2 rounded-small px-1.5 touch:h-11"
          >
            <span
              aria-hidden
              className="bg-accent text-on-accent grid size-5 shrink-0 place-items-center rounded-[5px] text-[11px] font-semibold"
            >
              {workspace?.name.charAt(0).toUpperCase()}
            </span>
            <span className="truncate font-semibold">{workspace?.name}</span>
            <ChevronsUpDown size={13} aria-hidden className="text-faint ml-auto shrink-0" />
            <span className="sr-only">Workspace and account</span>
          </button>
        }
      >
        <MenuLabel>Workspaces</MenuLabel>
        {workspaces.map(({ id, name }) => (
          <MenuItem key={id} checked={id === workspace?.id} onSelect={() => open(id)}>
            {name}
          </MenuItem>
        ))}
        <MenuItem icon={<Plus size={14} aria-hidden />} onSelect={() => setCreating(true)}>
          Create a workspace
        </MenuItem>
        <MenuSeparator />
        <div className="flex items-center gap-2 px-2 py-1.5">
          {/* The name stands beside it, and a menu holds no pictures of its own. */}
          <span aria-hidden className="grid">
            <Avatar person={user} size={22} />
          </span>
          <div className="min-w-0">
            <p className="truncate font-medium">{user.name}</p>
            <p className="text-faint text-meta truncate">{user.email}</p>
          </div>
        </div>
        <MenuItem icon={<Settings size={14} aria-hidden />} onSelect={() => void navigate(paths.settings)}>
          Settings
        </MenuItem>
        <MenuItem icon={<Keyboard size={14} aria-hidden />} keys="?" onSelect={openKeys}>
          Keys
        </MenuItem>
        <MenuItem
          icon={<LogOut size={14} aria-hidden />}
          onSelect={() => {
            signOut().catch((error: unknown) => problemToast(`You are still signed in. ${explain(error)}`));
          }}
        >
          Sign out
        </MenuItem>
      </Menu>
      <Dialog
        open={creating}
        onOpenChange={setCreating}
        title="Create a workspace"
        description="It has its own projects, boards and people."
      >
        <WorkspaceForm
          onDone={() => {
            setCreating(false);
            void navigate("/");
          }}
        />
      </Dialog>
    </>
  );
}
