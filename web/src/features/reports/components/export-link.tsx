import { FileDown } from "lucide-react";
import { Link } from "react-router";
import { paths } from "@/lib/paths";
import { useWorkspace } from "@/data/session/auth-context";

/** Leads to the page of reports, with what this page shows chosen already. Guests make no reports. */
export function ExportLink({ chosen }: { chosen: Record<string, string> }) {
  const workspace = useWorkspace();
  if (workspace.role === "guest") return null;
  return (
    <Link
      to={`${paths.reports}?${new URLSearchParams(chosen).toString()}`}
      className="border-line-strong bg-surface hover:bg-hover inline-flex h-8 shrink-0 items-center gap-1.5 rounded-small border px-3 font-medium whitespace-nowrap transition-colors touch:h-11"
    >
      <FileDown size={14} aria-hidden />
      <span className="max-sm:sr-only">Export report</span>
    </Link>
  );
}
