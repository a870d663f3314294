import { Inbox } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ChartFrame } from "@/components/ui/chart-frame";
import { Empty, Failure, Skeleton, SkeletonRows } from "@/components/ui/states";
import { Specimen, type SchemeName } from "./specimen";

const table = { columns: ["Sprint", "Points"], rows: [["Sprint 1", 21] as const, ["Sprint 2", 34] as const] };

/** What a list or a chart shows while it loads, where there is nothing, and where it failed. */
export function StateSpecimens({ scheme }: { scheme: SchemeName }) {
  return (
    <>
      <Specimen name="Skeleton">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="size-8 rounded-full" />
      </Specimen>
      <Specimen name="SkeletonRows">
        <SkeletonRows rows={3} label="Loading" />
      </Specimen>
      <Specimen name="Empty">
        <Empty
          icon={<Inbox size={24} aria-hidden />}
          title="No tasks yet"
          action={<Button>Add a task</Button>}
        >
          What is to be done shows here.
        </Empty>
      </Specimen>
      <Specimen name="Failure">
        <Failure title="The tasks did not load" error={new Error("unreachable")} onRetry={() => undefined} />
      </Specimen>
      <Specimen name="ChartFrame">
        <div className="flex w-full flex-col gap-3">
          <ChartFrame title={`Velocity, ${scheme}`} about="Points completed in each sprint" table={table}>
            <svg viewBox="0 0 100 40" className="size-full" aria-hidden>
              <rect x="20" y="19" width="20" height="21" fill="var(--accent)" />
              <rect x="60" y="6" width="20" height="34" fill="var(--accent)" />
            </svg>
          </ChartFrame>
          <ChartFrame
            title={`Burndown, ${scheme}`}
            table={table}
            empty="The chart begins when a sprint is started."
          >
            {null}
          </ChartFrame>
        </div>
      </Specimen>
    </>
  );
}
