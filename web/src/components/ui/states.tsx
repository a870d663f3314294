import type { ReactNode } from "react";
import { explain, ProblemError } from "@/lib/api/problem";
import { classNames } from "@/lib/class-names";
import { Button } from "./button";

/** The shape of something that is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("skeleton", className)} />;
}

/** Rows that are on their way. */
export function SkeletonRows({ rows = 4, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3 py-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex items-center gap-3">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton
            className={classNames("h-3.5", row % 3 === 0 ? "w-52" : row % 3 === 1 ? "w-40" : "w-64")}
          />
        </div>
      ))}
    </div>
  );
}

/** Says what goes here, and offers the first step. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && <div className="text-faint mb-1">{icon}</div>}
      <p className="text-reading font-semibold">{title}</p>
      {children && <p className="text-quiet">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

/** Says what failed, and offers to try again. */
export function Failure({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title: string }) {
  const gone = error instanceof ProblemError && error.status === 404;
  return (
    <div role="alert" className="mx-auto flex max-w-sm flex-col items-center gap-2 px-6 py-12 text-center">
      <p className="text-reading font-semibold">{title}</p>
      <p className="text-quiet">
        {gone ? "It may have been removed, or you may not have access to it." : explain(error)}
      </p>
      {onRetry && (
        <Button className="mt-3" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
