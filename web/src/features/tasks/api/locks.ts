import { useEffect, useRef } from "react";
import { problemToast } from "@/components/ui/toast-store";
import { answer, api } from "@/lib/api/client";
import { explain, ProblemError } from "@/lib/api/problem";
import type { Lock, LockedField } from "@/lib/api/types";

/** A lock lasts for thirty seconds; renewed this often, two lost answers do no harm. */
const RENEW_MS = 10_000;

const take = (task: string, field: LockedField) =>
  answer(api.POST("/api/tasks/{task}/lock", { params: { path: { task } }, body: { field } }));

/** Who holds what was asked for, in a sentence. */
function refusal(error: unknown, field: LockedField): string {
  if (!(error instanceof ProblemError) || error.status !== 423) return explain(error);
  const { person } = error.problem.current as Lock;
  return `${person.name} is editing the ${field}. Try again when they are done.`;
}

/**
 * Keeps a field of a task for the person while they write at it, so that nobody writes over it. Where somebody
 * else holds it, that is said, and `onRefused` gets to close what was opened.
 */
export function useLock(task: string, field: LockedField, writing: boolean, onRefused: () => void) {
  const refused = useRef(onRefused);
  useEffect(() => {
    refused.current = onRefused;
  });
  useEffect(() => {
    if (!writing) return;
    let held = true;
    const renew = () => {
      take(task, field).catch((error: unknown) => {
        if (!held) return;
        problemToast(refusal(error, field));
        refused.current();
      });
    };
    renew();
    const timer = setInterval(renew, RENEW_MS);
    return () => {
      held = false;
      clearInterval(timer);
      const params = { path: { task }, query: { field } };
      // One that is not let go of ends by itself.
      void api.DELETE("/api/tasks/{task}/lock", { params }).catch(() => undefined);
    };
  }, [task, field, writing]);
}
