import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/states";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { useAuth } from "@/data/session/auth-context";
import { explainLink, requireFilled } from "../form-checks";
import { AuthForm, linkClass } from "@/components/layout/auth-form";
import { NewPasswordField, YourNameField } from "./new-account-fields";

const ask = "Ask for a new invitation.";

/** Takes someone into a workspace that they were invited to. */
export function AcceptInvitePage() {
  const { token = "" } = useParams();
  const { state, accept, signOut } = useAuth();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");

  const join = useMutation({
    mutationFn: async (body: { name?: string; password?: string }) => {
      requireFilled(body);
      return answer(api.POST("/api/invites/{token}/accept", { params: { path: { token } }, body }));
    },
    onSuccess: (answered) => {
      accept(answered);
      void navigate("/", { replace: true });
    },
  });

  if (state.status === "loading") {
    return (
      <div role="status" aria-label="Loading" className="flex flex-col gap-3">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-10 w-full" />
      </div>
    );
  }
  if (state.status === "signed-in") {
    const { user } = state.account;
    return (
      <section>
        <PublicTitle>You are invited</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          Join the workspace as {user.name} ({user.email}).
        </p>
        <FormProblem>{join.error ? explainLink(join.error, ask) : null}</FormProblem>
        <div className="mt-4 flex flex-col gap-3">
          <Button look="primary" size="large" busy={join.isPending} onClick={() => join.mutate({})}>
            Join
          </Button>
          <Button look="quiet" size="large" onClick={() => void signOut()}>
            Use another account
          </Button>
        </div>
      </section>
    );
  }
  const errors = fieldErrors(join.error);
  return (
    <AuthForm
      title="You are invited"
      intro="Choose a name and a password to join."
      problem={formError(join.error, ["name", "password"]) && explainLink(join.error, ask)}
      submit="Join"
      busy={join.isPending}
      onSubmit={() => join.mutate({ name, password })}
      footer={
        <>
          Have an account?{" "}
          <Link to="/sign-in" state={{ from: `/invites/${token}` }} className={linkClass}>
            Sign in first
          </Link>
        </>
      }
    >
      <YourNameField value={name} onChange={setName} error={errors.name} />
      <NewPasswordField value={password} onChange={setPassword} error={errors.password} />
    </AuthForm>
  );
}
