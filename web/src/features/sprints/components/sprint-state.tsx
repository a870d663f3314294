import type { Sprint } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";

const names: Record<Sprint["state"], string> = { planned: "Planned", running: "Running", closed: "Closed" };

/** Where a sprint stands, in a word. */
export function SprintStateTag({ state }: { state: Sprint["state"] }) {
  return (
    <span
      className={classNames(
        "text-meta inline-flex h-5 shrink-0 items-center rounded-full px-2 font-medium",
        state === "running" ? "bg-accent-soft text-accent-ink" : "bg-column text-quiet",
      )}
    >
      {names[state]}
    </span>
  );
}
