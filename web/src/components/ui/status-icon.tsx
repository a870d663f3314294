import type { Category } from "@/lib/api/types";
import { categoryNames } from "@/lib/task-words";

/** How far along a task is, as a ring that fills. */
export function StatusIcon({ category, size = 14 }: { category: Category; size?: number }) {
  const color = `var(--status-${category})`;
  return (
    <svg
      viewBox="0 0 14 14"
      width={size}
      height={size}
      role="img"
      aria-label={categoryNames[category]}
      className="shrink-0"
    >
      {category === "done" ? (
        <>
          <circle cx="7" cy="7" r="6.5" fill={color} />
          <path
            d="M4.2 7.2 6.2 9.2 10 5.2"
            fill="none"
            stroke="var(--surface)"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        </>
      ) : (
        <>
          <circle
            cx="7"
            cy="7"
            r="5.75"
            fill="none"
            stroke={color}
            strokeWidth="1.5"
            {...(category === "backlog" ? { strokeDasharray: "1.6 1.8" } : {})}
          />
          {category === "in_progress" && <path d="M7 3.4a3.6 3.6 0 0 1 0 7.2z" fill={color} />}
          {category === "review" && <path d="M7 3.4a3.6 3.6 0 1 1-3.6 3.6H7z" fill={color} />}
        </>
      )}
    </svg>
  );
}
