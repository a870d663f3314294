import { Navigate, useNavigate } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { useAuth } from "@/data/session/auth-context";
import { linkClass } from "@/components/layout/auth-form";
import { WorkspaceForm } from "./workspace-form";

/** For someone who is signed in and belongs to no workspace yet. */
export function WelcomePage() {
  const { state, signOut, switchWorkspace } = useAuth();
  const navigate = useNavigate();
  if (state.status === "signed-out") return <Navigate to="/sign-in" replace />;
  if (state.status !== "signed-in") return null;
  if (state.account.workspace) return <Navigate to="/" replace />;
  const { workspaces, user } = state.account;
  return (
    <>
      <PublicTitle>{`Welcome, ${user.name}`}</PublicTitle>
      <p className="text-quiet text-reading mt-1 mb-5">
        A workspace holds a team&apos;s projects and people. Create one, or open the link of an invitation.
      </p>
      {workspaces.length > 0 && (
        <ul className="mb-5 flex flex-col gap-2">
          {workspaces.map(({ id, name }) => (
            <li key={id}>
              <button type="button" className={linkClass} onClick={() => void switchWorkspace(id)}>
                Open {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <WorkspaceForm onDone={() => void navigate("/", { replace: true })} />
      <button type="button" className={`mt-6 ${linkClass}`} onClick={() => void signOut()}>
        Sign out
      </button>
    </>
  );
}
