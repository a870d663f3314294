import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { SectionHead } from "@/components/layout/page-head";
import { Button } from "@/components/ui/button";
import { problemToast, toast } from "@/components/ui/toast-store";
import { explain } from "@/lib/api/problem";
import { exportProject } from "../api/import-writes";

const kinds = [
  {
    format: "json",
    title: "Whole project",
    about:
      "Boards, tasks with comments and logged time, labels, sprints and fields as JSON. It can be imported again. Imports into this workspace include the files on tasks.",
    action: "Export as JSON",
  },
  {
    format: "csv",
    title: "Task table",
    about: "One row for each task as CSV, for a spreadsheet.",
    action: "Export as CSV",
  },
] as const;

/** Takes a project out, whole or as a table. */
export function ExportSection({ project }: { project: string }) {
  const take = useMutation({
    mutationFn: (format: "json" | "csv") => exportProject(project, format),
    onSuccess: ({ name, tasks }) =>
      toast(`Exported ${tasks.toLocaleString()} ${tasks === 1 ? "task" : "tasks"} to ${name}`),
    onError: (error) => problemToast(`The project was not exported. ${explain(error)}`),
  });
  return (
    <section>
      <SectionHead title="Export">History, people and settings are not exported.</SectionHead>
      <ul className="grid gap-3 sm:grid-cols-2">
        {kinds.map(({ format, title, about, action }) => (
          <li key={format} className="border-line rounded-card flex flex-col items-start gap-2 border p-4">
            <h3 className="font-semibold">{title}</h3>
            <p className="text-quiet flex-1">{about}</p>
            <Button
              busy={take.isPending && take.variables === format}
              disabled={take.isPending}
              onClick={() => take.mutate(format)}
            >
              <Download size={14} aria-hidden />
              {action}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
