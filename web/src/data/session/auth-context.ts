import { createContext, useContext } from "react";
import type { SignedIn } from "@/lib/api/types";

/** Who is signed in, and in which workspace. */
export type Account = Pick<SignedIn, "user" | "workspace" | "workspaces">;

/** What the page knows of the sign-in. */
export type AuthState =
  | { status: "loading" }
  | { status: "unreachable"; error: unknown }
  | { status: "signed-out" }
  | { status: "signed-in"; account: Account };

interface Auth {
  state: AuthState;
  /** Takes the answer of a sign-in. */
  accept: (answer: SignedIn) => void;
  signOut: () => Promise<void>;
  switchWorkspace: (workspace: string) => Promise<void>;
  updateAccount: (change: Partial<Account>) => void;
  retry: () => void;
}

/** Carries the sign-in to where it is needed. */
export const AuthContext = createContext<Auth | null>(null);

/** The sign-in and what can be done about it. */
export function useAuth(): Auth {
  const auth = useContext(AuthContext);
  if (!auth) throw new Error("useAuth needs an AuthProvider above it.");
  return auth;
}

/** Who is signed in; only for pages behind the sign-in. */
export function useAccount(): Account {
  const { state } = useAuth();
  if (state.status !== "signed-in") throw new Error("useAccount needs a signed-in person.");
  return state.account;
}

/** The workspace that is open; only for pages behind the sign-in. */
export function useWorkspace() {
  const { workspace } = useAccount();
  if (!workspace) throw new Error("useWorkspace needs a workspace.");
  const manages = workspace.role === "owner" || workspace.role === "admin";
  return { ...workspace, manages };
}
