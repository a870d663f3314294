import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Paperclip } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { SectionHead } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { FormProblem } from "@/components/ui/field";
import { Failure, Skeleton } from "@/components/ui/states";
import { projectQuery } from "@/data/projects/projects";
import { announce } from "@/lib/announce";
import { explain, ProblemError } from "@/lib/api/problem";
import type { Import, ImportFound } from "@/lib/api/types";
import { importQuery } from "../api/import-query";
import { startImport } from "../api/import-writes";
import { formatNames } from "../formats";
import { ColumnMapping } from "./column-mapping";
import { ImportChoices } from "./import-choices";
import { ImportPreview } from "./import-preview";
import { ProblemList } from "./problem-list";

const tasks = (count: number) => `${count.toLocaleString()} ${count === 1 ? "task" : "tasks"}`;
const files = (count: number) => `${count.toLocaleString()} ${count === 1 ? "file" : "files"}`;

/** Which files came along: one that was there when the file was checked may be gone when its turn comes. */
function filesCame({ files: wanted, files_done: came }: Import): string {
  if (came === wanted) return `${files(came)} imported.`;
  return `${came.toLocaleString()} of ${files(wanted)} imported. The others were removed in the meantime.`;
}

/** An import from its check to its end. The server goes on without this page. */
export function ImportProgress({ project, id }: { project: string; id: string }) {
  const query = useQuery(importQuery(id));
  const cache = useQueryClient();
  const state = query.data?.import.state;
  useEffect(() => {
    if (state === "checked") announce("The file was checked");
    if (state === "done") {
      announce("The import is done");
      for (const key of ["boards", "projects", "sprints", "backlog"])
        void cache.invalidateQueries({ queryKey: [key] });
    }
  }, [state, cache]);
  if (query.isPending)
    return (
      <div role="status" aria-label="Loading the import" className="flex flex-col gap-4">
        <Skeleton className="h-6 w-60" />
        <Skeleton className="h-24" />
        <Skeleton className="h-48" />
      </div>
    );
  if (!query.data) {
    const gone = query.error instanceof ProblemError && query.error.status === 404;
    return (
      <Failure
        error={query.error}
        title={gone ? "Import not found" : "The import did not load"}
        {...(gone ? {} : { onRetry: () => void query.refetch() })}
      />
    );
  }
  const { import: found } = query.data;
  return (
    <section aria-label="Import" className="flex flex-col gap-6">
      <SectionHead
        title={found.name}
        action={
          <Link to={paths.projectData(project)} className="text-accent-ink shrink-0 hover:underline">
            Another import
          </Link>
        }
      >
        {formatNames[found.format]}
      </SectionHead>
      <Stage project={project} found={query.data} />
    </section>
  );
}

function Stage({ project, found }: { project: string; found: ImportFound }) {
  const { import: about } = found;
  const again = (
    <Link to={paths.projectData(project)} className="text-accent-ink hover:underline">
      Choose a file
    </Link>
  );
  switch (about.state) {
    case "waiting":
      return <Notice tone="quiet">The file did not arrive. {again}</Notice>;
    case "checking":
      return <Bar label="Reading and checking the file" />;
    case "checked":
      return <Checked project={project} found={found} />;
    case "running":
      return (
        <Bar
          label={`${about.done.toLocaleString()} of ${tasks(about.total)} imported`}
          part={about.total === 0 ? undefined : about.done / about.total}
        >
          You can leave this page. The import continues in the background.
        </Bar>
      );
    case "done":
      return <Done project={project} found={found} />;
    case "failed":
      return <Failed project={project} about={about} />;
  }
}

function Bar({ label, part, children }: { label: string; part?: number | undefined; children?: ReactNode }) {
  return (
    <div className="border-line rounded-card border p-4">
      <p className="mb-2 font-medium tabular-nums">{label}</p>
      <progress
        aria-label={label}
        max={1}
        {...(part === undefined ? {} : { value: part })}
        className="accent-accent-line block h-1.5 w-full"
      />
      {children && <p className="text-quiet mt-2">{children}</p>}
    </div>
  );
}

function Notice({ tone, children }: { tone: "quiet" | "success" | "danger"; children: ReactNode }) {
  const looks = {
    quiet: "border-line",
    success: "border-transparent bg-success-soft text-success",
    danger: "border-transparent bg-danger-soft text-danger",
  };
  return (
    <div className={`rounded-card flex items-start gap-2 border p-4 ${looks[tone]}`}>
      {tone === "success" && <CircleCheck size={16} aria-hidden className="mt-px shrink-0" />}
      {tone === "danger" && <CircleAlert size={16} aria-hidden className="mt-px shrink-0" />}
      <div>{children}</div>
    </div>
  );
}

function Checked({ project, found }: { project: string; found: ImportFound }) {
  const { import: about, made } = found;
  const run = useMutation({ mutationFn: () => startImport(project, about.import_id, { dry_run: false }) });
  const lists = [
    ["Boards", made.boards],
    ["Columns", made.columns],
    ["Labels", made.labels],
    ["Sprints", made.sprints],
    ["Fields", made.fields],
  ] as const;
  const making = lists.filter(([, names]) => names.length > 0);
  return (
    <>
      <dl className="grid grid-cols-3 gap-3">
        <Figure name="to import" value={about.total} />
        <Figure name={about.failed === 1 ? "line skipped" : "lines skipped"} value={about.failed} />
        <Figure name={about.problem_count === 1 ? "note" : "notes"} value={about.problem_count} />
      </dl>
      {about.files > 0 && (
        <p className="flex items-center gap-2">
          <Paperclip size={14} aria-hidden className="text-quiet shrink-0" />
          {files(about.files)} will be imported.
        </p>
      )}
      {making.length > 0 && (
        <div>
          <h3 className="mb-1 font-semibold">Also created</h3>
          {making.map(([name, names]) => (
            <p key={name} className="text-quiet">
              {name}: {names.slice(0, 12).join(", ")}
              {names.length > 12 && ` and ${names.length - 12} more`}
            </p>
          ))}
        </div>
      )}
      <ImportChoices key={`${about.updated_at} choices`} project={project} found={found} />
      {found.columns.length > 0 && <ColumnMapping project={project} found={found} />}
      {found.preview.length > 0 && <ImportPreview tasks={found.preview} />}
      <ProblemList found={found} />
      <FormProblem>{run.error && explain(run.error)}</FormProblem>
      <div>
        <Button
          look="primary"
          size="large"
          busy={run.isPending}
          disabled={about.total === 0}
          onClick={() => run.mutate()}
        >
          Import {tasks(about.total)}
        </Button>
      </div>
    </>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div className="border-line rounded-card flex flex-col-reverse justify-end border px-4 py-3 max-sm:px-3">
      <dt className="text-quiet">{name}</dt>
      <dd className="text-[22px] leading-7 font-semibold tabular-nums">{value.toLocaleString()}</dd>
    </div>
  );
}

function Done({ project, found }: { project: string; found: ImportFound }) {
  const { import: about } = found;
  const { data } = useQuery(projectQuery(project));
  const board = about.board_id ?? data?.board_id;
  return (
    <>
      <Notice tone={about.done > 0 ? "success" : "quiet"}>
        <p className="font-medium">{tasks(about.done)} imported.</p>
        {about.done === 0 && <p>{found.problems[0]?.message ?? "The file holds no tasks."}</p>}
        {about.files > 0 && <p>{filesCame(about)}</p>}
        {about.failed > 0 && (
          <p>
            {about.failed === 1
              ? "1 line was skipped."
              : `${about.failed.toLocaleString()} lines were skipped.`}
          </p>
        )}
        <Link to={board ? paths.board(project, board) : paths.project(project)} className="underline">
          {about.done === 1 ? "See it on the board" : "See them on the board"}
        </Link>
      </Notice>
      <ProblemList found={found} />
    </>
  );
}

function Failed({ project, about }: { project: string; about: Import }) {
  const begun = about.first_key !== null;
  const retry = useMutation({ mutationFn: () => startImport(project, about.import_id, { dry_run: !begun }) });
  return (
    <>
      <div role="alert">
        <Notice tone="danger">
          <p className="font-medium">{about.failure ?? "The import stopped."}</p>
          {about.done > 0 && (
            <p>
              {tasks(about.done)} {about.done === 1 ? "was" : "were"} imported before that.
            </p>
          )}
        </Notice>
      </div>
      <FormProblem>{retry.error && explain(retry.error)}</FormProblem>
      <div>
        <Button busy={retry.isPending} onClick={() => retry.mutate()}>
          {begun ? "Resume import" : "Check again"}
        </Button>
      </div>
    </>
  );
}
