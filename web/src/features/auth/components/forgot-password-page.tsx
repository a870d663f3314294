import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { TextField } from "@/components/ui/field";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { AuthForm, linkClass } from "@/components/layout/auth-form";

/** Has a link mailed with which a forgotten password is replaced. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState("");
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/auth/password/forgot", { body: { email } })),
  });
  const back = (
    <Link to="/sign-in" className={linkClass}>
      Back to sign-in
    </Link>
  );

  if (ask.isSuccess) {
    return (
      <section role="status">
        <PublicTitle>Check your email</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          If {email} belongs to an account, a link to choose a new password is on its way. It can take a
          minute.
        </p>
        {back}
      </section>
    );
  }
  return (
    <AuthForm
      title="Forgot your password"
      intro="We will email you a link to choose a new one."
      problem={formError(ask.error, ["email"])}
      submit="Send link"
      busy={ask.isPending}
      onSubmit={() => ask.mutate()}
      footer={back}
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
        error={fieldErrors(ask.error).email}
      />
    </AuthForm>
  );
}
