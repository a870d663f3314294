import type { ProjectRole, WorkspaceRole } from "@/lib/api/types";

const ranks: Record<ProjectRole, number> = { viewer: 0, tester: 1, developer: 1, manager: 2, admin: 3 };

/** Whether a role in a project reaches at least another one. */
export function reaches(role: ProjectRole | null | undefined, least: ProjectRole): boolean {
  return role ? ranks[role] >= ranks[least] : false;
}

/** The roles in a project, from the one that may least. */
export const projectRoles: readonly { id: ProjectRole; name: string; may: string }[] = [
  { id: "viewer", name: "Viewer", may: "sees everything" },
  { id: "tester", name: "Tester", may: "works on tasks" },
  { id: "developer", name: "Developer", may: "works on tasks" },
  { id: "manager", name: "Manager", may: "manages boards, columns and labels" },
  { id: "admin", name: "Admin", may: "has full access to the project" },
];

/** The roles in a workspace, from the one that may least. */
export const workspaceRoles: readonly { id: WorkspaceRole; name: string; may: string }[] = [
  { id: "guest", name: "Guest", may: "sees only the projects they are added to" },
  { id: "member", name: "Member", may: "creates projects and sees the workspace" },
  { id: "admin", name: "Admin", may: "manages people and every project" },
  { id: "owner", name: "Owner", may: "has full access" },
];
