import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { PublicTitle } from "@/components/layout/public-layout";
import { Skeleton } from "@/components/ui/states";
import { answer, api } from "@/lib/api/client";
import { explainLink } from "../form-checks";
import { linkClass } from "@/components/layout/auth-form";

/** Confirms an address, for whoever holds the mailed link. */
export function VerifyEmailPage() {
  const [search] = useSearchParams();
  const token = search.get("token") ?? "";
  // A query rather than an effect: the token is good for one use, and a query runs once however often it mounts.
  const verification = useQuery({
    queryKey: ["verify-email", token],
    queryFn: async () => {
      await answer(api.POST("/api/auth/email/verify", { body: { token } }));
      return true;
    },
    enabled: token !== "",
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

  const home = (
    <Link to="/" className={linkClass}>
      Go to Millrace
    </Link>
  );
  if (verification.isSuccess) {
    return (
      <section role="status">
        <PublicTitle>Your email is confirmed</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">There is nothing else to do.</p>
        {home}
      </section>
    );
  }
  if (verification.isError || !token) {
    return (
      <section role="alert">
        <PublicTitle>Your email is not confirmed</PublicTitle>
        <p className="text-quiet text-reading mt-1 mb-5">
          {verification.isError
            ? explainLink(verification.error, "If you already confirmed your email, you are done.")
            : "This link is incomplete. Open it from the email again."}
        </p>
        {home}
      </section>
    );
  }
  return (
    <div role="status" aria-label="Confirming your email" className="flex flex-col gap-3">
      <Skeleton className="h-6 w-56" />
      <Skeleton className="h-4 w-40" />
    </div>
  );
}
