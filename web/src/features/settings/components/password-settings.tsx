import { useMutation } from "@tanstack/react-query";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { problemToast } from "@/components/ui/toast-store";
import { useAccount } from "@/data/session/auth-context";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";

/** Changes the password with the same emailed link as a forgotten one. */
export function PasswordSettings() {
  const { email } = useAccount().user;
  const ask = useMutation({
    mutationFn: () => answer(api.POST("/api/auth/password/forgot", { body: { email } })),
    onError: (error) => problemToast(`No link was sent. ${explain(error)}`),
  });
  return (
    <section>
      <SectionHead
        title="Password"
        action={
          <Button busy={ask.isPending} disabled={ask.isSuccess} onClick={() => ask.mutate()}>
            Change password
          </Button>
        }
      >
        <span role="status">
          {ask.isSuccess
            ? `We sent a link to choose a new password to ${email}.`
            : `We will email ${email} a link to choose a new password.`}
        </span>
      </SectionHead>
    </section>
  );
}
