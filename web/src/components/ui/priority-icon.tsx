import { classNames } from "@/lib/class-names";
import type { Priority } from "@/lib/api/types";
import { priorityNames } from "@/lib/task-words";

const bars: Record<Exclude<Priority, "urgent">, number> = { lowest: 0, low: 1, medium: 2, high: 3 };

/** A priority as rising bars; urgent as a filled sign. */
export function PriorityIcon({ priority }: { priority: Priority }) {
  if (priority === "urgent") {
    return (
      <svg
        viewBox="0 0 14 14"
        width="14"
        height="14"
        role="img"
        aria-label="Urgent"
        className="text-danger shrink-0"
      >
        <rect width="14" height="14" rx="3.5" fill="currentColor" />
        <path d="M7 3.2v4.6M7 10.4v.2" stroke="var(--surface)" strokeWidth="1.9" strokeLinecap="round" />
      </svg>
    );
  }
  const filled = bars[priority];
  return (
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      role="img"
      aria-label={`${priorityNames[priority]} priority`}
      className="text-quiet shrink-0"
    >
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1.5 + bar * 4}
          y={9 - bar * 3}
          width="3"
          height={3.5 + bar * 3}
          rx="1"
          fill="currentColor"
          className={classNames(bar >= filled && "opacity-25")}
        />
      ))}
    </svg>
  );
}
