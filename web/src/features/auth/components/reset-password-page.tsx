import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import { explainLink } from "../form-checks";
import { AuthForm, linkClass } from "@/components/layout/auth-form";
import { NewPasswordField } from "./new-account-fields";

/** Replaces a password, for whoever holds the mailed link. */
export function ResetPasswordPage() {
  const [search] = useSearchParams();
  const token = search.get("token");
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const reset = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/auth/password/reset", { body: { token: token ?? "", password } })),
    onSuccess: () => {
      toast("Password changed. Sign in with the new one.");
      void navigate("/sign-in", { replace: true });
    },
  });
  const again = (
    <Link to="/forgot-password" className={linkClass}>
      Request a new link
    </Link>
  );

  if (!token) {
    return (
      <section>
        <PublicTitle>This link is incomplete</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          Open it from the email again, or request a new one.
        </p>
        {again}
      </section>
    );
  }
  return (
    <AuthForm
      title="Choose a new password"
      problem={formError(reset.error, ["password"]) && explainLink(reset.error, "Request a new one below.")}
      submit="Change password"
      busy={reset.isPending}
      onSubmit={() => reset.mutate()}
      footer={reset.isError ? again : null}
    >
      <NewPasswordField
        label="New password"
        autoFocus
        value={password}
        onChange={setPassword}
        error={fieldErrors(reset.error).password}
      />
    </AuthForm>
  );
}
