import { useLocation } from "react-router";
import { Skeleton, SkeletonRows } from "@/components/ui/states";
import { BoardSkeleton } from "@/components/layout/board-skeleton";

/** The page's shape while it is found out who is signed in. */
export function AppSkeleton() {
  const { pathname } = useLocation();
  return (
    <div role="status" aria-label="Loading" className="flex h-full">
      <div className="bg-sidebar border-line flex w-(--sidebar-width) shrink-0 flex-col gap-4 border-r p-4 max-md:hidden">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="mt-4 h-4 w-24" />
        <Skeleton className="h-4 w-36" />
        <Skeleton className="h-4 w-28" />
      </div>
      {/^\/$|^\/p\/[^/]+(\/b\/|$)/.test(pathname) ? (
        <BoardSkeleton />
      ) : (
        <div className="min-w-0 flex-1">
          <div className="border-line flex h-12 items-center border-b px-4">
            <Skeleton className="h-4 w-32" />
          </div>
          <div className="mx-auto w-full max-w-[760px] px-6 py-8">
            <SkeletonRows label="Loading the page" />
          </div>
        </div>
      )}
    </div>
  );
}
