import { Skeleton } from "@/components/ui/states";

const heights = [[96, 74, 112, 74], [112, 96, 74], [74, 112], [96, 74, 96], [74]];

/** The shape of a board that is on its way. */
export function BoardSkeleton() {
  return (
    <div role="status" aria-label="Loading the board" className="flex min-w-0 flex-1 flex-col">
      <div className="border-line flex h-12 shrink-0 items-center gap-3 border-b px-4">
        <Skeleton className="h-4 w-40" />
      </div>
      <div className="border-line flex h-11 shrink-0 items-center gap-2 border-b px-4 touch:h-14">
        <Skeleton className="h-7 w-44 touch:h-11" />
        <Skeleton className="h-7 w-22 touch:h-11" />
        <Skeleton className="h-7 w-18 touch:h-11" />
      </div>
      <div className="flex min-h-0 flex-1 gap-3 overflow-hidden p-4">
        {heights.map((column, index) => (
          <div
            key={index}
            className="bg-column flex w-(--column-width) shrink-0 flex-col gap-2 rounded-[10px] p-2"
          >
            <Skeleton className="m-1 h-4 w-24" />
            {column.map((height, card) => (
              <div key={card} className="bg-surface border-line rounded-card border p-2.5" style={{ height }}>
                <Skeleton className="h-3 w-12" />
                <Skeleton className="mt-2 h-3.5 w-4/5" />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
