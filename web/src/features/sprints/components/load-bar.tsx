import { classNames } from "@/lib/class-names";
import type { Load } from "@/data/sprints/sprint-figures";

/** How much is planned against what people can do: in words, and as a bar where there is something to compare. */
export function LoadBar({ load, className }: { load: Load; className?: string }) {
  return (
    <span className={classNames("flex items-center gap-2", className)}>
      {load.capacity !== null && (
        <span
          role="progressbar"
          aria-label="Points against capacity"
          aria-valuemin={0}
          aria-valuemax={load.capacity}
          aria-valuenow={Math.min(load.points, load.capacity)}
          aria-valuetext={load.words}
          className="bg-pressed h-1.5 w-28 shrink-0 overflow-hidden rounded-full max-sm:w-16"
        >
          <span
            className={classNames("block h-full rounded-full", load.over > 0 ? "bg-danger" : "bg-accent")}
            style={{ width: `${load.share * 100}%` }}
          />
        </span>
      )}
      <span className={classNames("tabular-nums", load.over > 0 ? "text-danger font-medium" : "text-quiet")}>
        {load.words}
      </span>
    </span>
  );
}
