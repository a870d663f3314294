import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Navigate } from "react-router";
import { TextField } from "@/components/ui/field";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { slugFrom } from "@/lib/slug";
import { useAuth } from "@/data/session/auth-context";
import { requireFilled } from "../form-checks";
import { AuthForm, linkClass } from "@/components/layout/auth-form";
import { NewPasswordField, YourNameField } from "./new-account-fields";

/** Makes an account and its first workspace in one step. */
export function SignUpPage() {
  const { state, accept } = useAuth();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [workspace, setWorkspace] = useState("");
  const slug = slugFrom(workspace);

  const signUp = useMutation({
    mutationFn: async () => {
      requireFilled({ name, email, password, workspace });
      return answer(
        api.POST("/api/auth/register", {
          body: { name, email, password, workspace: { name: workspace, slug } },
        }),
      );
    },
    onSuccess: accept,
  });

  if (state.status === "signed-in") return <Navigate to="/" replace />;

  const errors = fieldErrors(signUp.error);
  return (
    <AuthForm
      title="Create your account"
      intro="Boards, backlogs and sprints for a team, in a workspace of its own."
      problem={formError(signUp.error, [
        "name",
        "email",
        "password",
        "workspace",
        "workspace.name",
        "workspace.slug",
      ])}
      submit="Create account"
      busy={signUp.isPending}
      onSubmit={() => signUp.mutate()}
      footer={
        <>
          Have an account?{" "}
          <Link to="/sign-in" className={linkClass}>
            Sign in
          </Link>
        </>
      }
    >
      <YourNameField value={name} onChange={setName} error={errors.name} />
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
      />
      <NewPasswordField value={password} onChange={setPassword} error={errors.password} />
      <TextField
        label="Workspace"
        name="organization"
        autoComplete="organization"
        required
        value={workspace}
        onChange={(event) => setWorkspace(event.target.value)}
        error={errors["workspace.name"] ?? errors["workspace.slug"] ?? errors.workspace}
        hint={slug ? `Its short name will be ${slug}.` : "Usually your team or company."}
      />
    </AuthForm>
  );
}
