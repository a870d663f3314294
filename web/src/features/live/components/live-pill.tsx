import { classNames } from "@/lib/class-names";
import { useLate } from "@/components/ui/use-late";
import type { LiveStatus } from "@/data/live/machine";

const words: Record<LiveStatus, { text: string; title: string; dot: string }> = {
  live: { text: "Live", title: "Changes show as they happen.", dot: "bg-success" },
  connecting: { text: "Connecting", title: "Connecting to the server.", dot: "bg-warning" },
  catching_up: { text: "Catching up", title: "Loading recent changes.", dot: "bg-warning" },
  offline: {
    text: "Offline",
    title: "This is the last known state. You can make changes when you are back online.",
    dot: "bg-danger",
  },
};

/** Says how current the board is. */
export function LivePill({ status }: { status: LiveStatus }) {
  const passing = status === "connecting" || status === "catching_up";
  // What is over within a moment is not worth a flicker.
  const late = useLate(passing);
  const shown = passing && !late ? "live" : status;
  const { text, title, dot } = words[shown];
  return (
    <span
      role="status"
      title={title}
      data-live={status}
      className={classNames(
        "text-meta inline-flex h-6 shrink-0 items-center gap-1.5 rounded-full px-2 font-medium",
        shown === "live" && "text-quiet",
        shown === "offline" && "bg-danger-soft text-danger",
        shown !== "live" && shown !== "offline" && "bg-warning-soft text-warning",
      )}
    >
      <span aria-hidden className={classNames("size-1.5 rounded-full", dot)} />
      <span className={shown === "live" ? "max-sm:sr-only" : ""}>{text}</span>
    </span>
  );
}
