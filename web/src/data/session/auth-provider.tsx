import { useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { clearToasts } from "@/components/ui/toast-store";
import { access } from "@/lib/api/access";
import { answer, api } from "@/lib/api/client";
import { ProblemError } from "@/lib/api/problem";
import type { SignedIn } from "@/lib/api/types";
import { queryClient } from "@/lib/query-client";
import { AuthContext, type Account, type AuthState } from "./auth-context";

function accountOf({ user, workspace, workspaces }: SignedIn): Account {
  return { user, workspace: workspace ?? null, workspaces: workspaces ?? [] };
}

/** Finds out who is signed in, and keeps the tabs of a browser in step about it. */
export function AuthProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<AuthState>({ status: "loading" });

  const load = useCallback(() => {
    access
      .refresh()
      .then((answered) =>
        setState(answered ? { status: "signed-in", account: accountOf(answered) } : { status: "signed-out" }),
      )
      .catch((error: unknown) => setState({ status: "unreachable", error }));
  }, []);

  useEffect(() => {
    load();
    return access.listen((message) => {
      queryClient.clear();
      clearToasts();
      if (message.type === "signed-out") setState({ status: "signed-out" });
      else window.location.assign("/");
    });
  }, [load]);

  const auth = useMemo(
    () => ({
      state,
      accept(answered: SignedIn) {
        queryClient.clear();
        access.accept(answered);
        setState({ status: "signed-in", account: accountOf(answered) });
      },
      async signOut() {
        try {
          await answer(api.POST("/api/auth/logout"));
        } catch (error) {
          // Whoever has no session any more is signed out already.
          if (!(error instanceof ProblemError && error.status === 401)) throw error;
        }
        access.signOut();
        queryClient.clear();
        clearToasts();
        setState({ status: "signed-out" });
      },
      async switchWorkspace(workspace: string) {
        const answered = await answer(api.POST("/api/auth/switch", { body: { workspace } }));
        access.switched(answered);
        queryClient.clear();
        clearToasts();
        setState({ status: "signed-in", account: accountOf(answered) });
      },
      updateAccount(change: Partial<Account>) {
        setState((was) =>
          was.status === "signed-in" ? { ...was, account: { ...was.account, ...change } } : was,
        );
      },
      retry() {
        setState({ status: "loading" });
        load();
      },
    }),
    [state, load],
  );

  return <AuthContext value={auth}>{children}</AuthContext>;
}
