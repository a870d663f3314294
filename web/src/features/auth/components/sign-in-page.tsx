import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, Navigate, useLocation } from "react-router";
import { TextField } from "@/components/ui/field";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError, ProblemError } from "@/lib/api/problem";
import { useAuth } from "@/data/session/auth-context";
import { requireFilled } from "../form-checks";
import { AuthForm, linkClass } from "@/components/layout/auth-form";

function cameFrom(state: unknown): string {
  const from = typeof state === "object" && state !== null && "from" in state ? state.from : null;
  // Only an address of our own: anything else could lead a person away right after signing in.
  return typeof from === "string" && /^\/(?!\/)/.test(from) ? from : "/";
}

/** Signs someone in with their password, and with a code where they have asked for one. */
export function SignInPage() {
  const { state, accept } = useAuth();
  const location = useLocation();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asksCode, setAsksCode] = useState(false);

  const signIn = useMutation({
    mutationFn: async () => {
      requireFilled({ email, password });
      return answer(
        api.POST("/api/auth/login", { body: { email, password, ...(code ? { totp: code } : {}) } }),
      );
    },
    onSuccess: accept,
    onError: (error) => {
      const fields = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
      if (fields.some(({ field }) => field === "totp")) setAsksCode(true);
    },
  });

  if (state.status === "signed-in") return <Navigate to={cameFrom(location.state)} replace />;

  const errors = fieldErrors(signIn.error);
  return (
    <AuthForm
      title="Sign in"
      problem={formError(signIn.error, ["email", "password", "totp"])}
      submit="Sign in"
      busy={signIn.isPending}
      onSubmit={() => signIn.mutate()}
      footer={
        <>
          New here?{" "}
          <Link to="/sign-up" className={linkClass}>
            Create an account
          </Link>
        </>
      }
    >
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={errors.email}
      />
      <div className="relative">
        <TextField
          label="Password"
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={errors.password}
        />
        <Link to="/forgot-password" className={`absolute top-0 right-0 ${linkClass}`}>
          Forgot password?
        </Link>
      </div>
      {asksCode && (
        <TextField
          label="Authenticator code"
          name="totp"
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
          error={code ? errors.totp : undefined}
        />
      )}
    </AuthForm>
  );
}
