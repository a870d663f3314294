import { Navigate, Outlet, useLocation } from "react-router";
import { Failure } from "@/components/ui/states";
import { useAuth } from "@/data/session/auth-context";
import { AppSkeleton } from "./layout/app-skeleton";

/** Lets only signed-in people with a workspace through, and sends the others where they get one. */
export function SignedInOnly() {
  const { state, retry } = useAuth();
  const location = useLocation();
  if (state.status === "loading") return <AppSkeleton />;
  if (state.status === "unreachable") {
    return (
      <main className="grid h-full place-items-center">
        <Failure error={state.error} onRetry={retry} title="Millrace cannot be reached" />
      </main>
    );
  }
  if (state.status === "signed-out") {
    const from = location.pathname + location.search;
    return <Navigate to="/sign-in" replace state={from === "/" ? null : { from }} />;
  }
  if (!state.account.workspace) return <Navigate to="/welcome" replace />;
  return <Outlet />;
}
