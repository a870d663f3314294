import { Skeleton } from "@/components/ui/states";
import { BoardSkeleton } from "@/features/boards/components/board-skeleton";

/** The page's shape while it is found out who is signed in. */
export function AppSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex h-full">
      <div className="bg-sidebar border-line flex w-(--sidebar-width) shrink-0 flex-col gap-4 border-r p-4 max-md:hidden">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="mt-4 h-4 w-24" />
        <Skeleton className="h-4 w-36" />
        <Skeleton className="h-4 w-28" />
      </div>
      <BoardSkeleton />
    </div>
  );
}
