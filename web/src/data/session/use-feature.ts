import { useQuery } from "@tanstack/react-query";
import { useWorkspace } from "./auth-context";
import { flagsQuery } from "./flags";

/** A part of the client that a workspace can do without. */
export type Feature = "sprints" | "time_tracking" | "analytics" | "live_cursors";

/** The parts of the client that a workspace can do without, as they are shown. */
export const features: readonly { id: Feature; name: string; about: string }[] = [
  { id: "sprints", name: "Sprints", about: "Backlog, sprints and their charts" },
  { id: "time_tracking", name: "Time tracking", about: "Timers, logged hours and timesheets" },
  { id: "analytics", name: "Analytics", about: "The dashboard and project analytics" },
  { id: "live_cursors", name: "Live cursors", about: "See where others point on a board" },
];

/** Whether the workspace uses a part of the client: unless it was switched off. */
export function useFeature(feature: Feature): boolean {
  // Guests may not read the flags, and see what there is to see.
  const { role } = useWorkspace();
  const flags = useQuery({ ...flagsQuery, enabled: role !== "guest", staleTime: 5 * 60_000 });
  return flags.data?.flags[feature] ?? true;
}
