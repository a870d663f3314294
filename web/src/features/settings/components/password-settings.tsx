import { useMutation } from "@tanstack/react-query";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { problemToast } from "@/components/ui/toast-store";
import { useAccount } from "@/data/session/auth-context";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";

/** The way to another password: the same mailed link that helps whoever forgot theirs. */
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
            ? `A link to choose another one is on its way to ${email}.`
            : `We mail a link to ${email}, with which you choose another one.`}
        </span>
      </SectionHead>
    </section>
  );
}
