import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor } from "lucide-react";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { Empty, Failure, SkeletonRows } from "@/components/ui/states";
import { problemToast, toast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain } from "@/lib/api/problem";
import { fromNow, fullMoment } from "@/lib/dates";
import type { Session } from "@/lib/api/types";
import { deviceName } from "../device-name";

/** Where a person is signed in, each place to be signed out from here. */
export function SessionSettings() {
  const cache = useQueryClient();
  const sessions = useQuery({
    queryKey: ["sessions"],
    queryFn: async ({ signal }) => (await answer(api.GET("/api/auth/sessions", { signal }))).items,
  });
  const revoke = useMutation({
    mutationFn: (session: Session) =>
      answer(api.DELETE("/api/auth/sessions/{session_id}", { params: { path: { session_id: session.id } } })),
    onSuccess: () => {
      toast("Session signed out");
      return cache.invalidateQueries({ queryKey: ["sessions"] });
    },
    onError: (error) => problemToast(`The session was not signed out. ${explain(error)}`),
  });
  return (
    <section>
      <SectionHead title="Sessions">
        If you do not recognise a session, sign it out and change your password.
      </SectionHead>
      {sessions.isPending && <SkeletonRows rows={2} label="Loading sessions" />}
      {sessions.isError && !sessions.data && (
        <Failure
          error={sessions.error}
          title="The sessions did not load"
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.data?.length === 0 && <Empty title="No sessions">They show here when you sign in.</Empty>}
      <ul className="divide-line divide-y">
        {sessions.data?.map((session) => (
          <li key={session.id} className="flex min-h-13 items-center gap-3 py-1.5">
            <Monitor size={18} aria-hidden className="text-faint" />
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{deviceName(session.user_agent ?? null)}</p>
              <p className="text-faint text-meta" title={fullMoment(session.used_at)}>
                {session.current ? "This browser" : `Last used ${fromNow(session.used_at)}`}
                {session.address && `, from ${session.address}`}
              </p>
            </div>
            {!session.current && (
              <Button
                size="small"
                busy={revoke.isPending && revoke.variables.id === session.id}
                onClick={() => revoke.mutate(session)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
