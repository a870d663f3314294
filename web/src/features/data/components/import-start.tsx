import { useMutation } from "@tanstack/react-query";
import { FileUp, History } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import { Link, useNavigate } from "react-router";
import { SectionHead } from "@/components/layout/page-head";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { FormProblem, SelectField } from "@/components/ui/field";
import { explain } from "@/lib/api/problem";
import { classNames } from "@/lib/class-names";
import { fileSize } from "@/lib/file-size";
import { NotTakenError } from "@/lib/send-form";
import type { ImportFormat } from "@/lib/api/types";
import { sendFile } from "../api/import-writes";
import { detectFormat, formatNames, problemWith } from "../formats";
import { recentImports, rememberImport } from "../recent-imports";

interface Chosen {
  file: File;
  format: ImportFormat;
  problem: string | null;
}

/** Chooses a file, sends it, and leads to what was found in it. */
export function ImportStart({ project }: { project: string }) {
  const navigate = useNavigate();
  const chooser = useRef<HTMLInputElement>(null);
  const given = useRef<AbortController | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [over, setOver] = useState(false);
  const [part, setPart] = useState(0);
  const send = useMutation({
    mutationFn: async ({ file, format }: Chosen) => {
      given.current = new AbortController();
      setPart(0);
      const id = await sendFile(project, file, format, setPart, given.current.signal);
      rememberImport(project, id, file.name);
      return id;
    },
    onSuccess: (id) => void navigate(paths.projectData(project, id)),
  });
  const choose = async (file: File | undefined) => {
    if (!file || send.isPending) return;
    send.reset();
    setChosen({ file, format: await detectFormat(file), problem: problemWith(file) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void choose(event.dataTransfer.files[0]);
  };
  const failed = send.error instanceof DOMException ? null : send.error;
  return (
    <section>
      <SectionHead title="Import">
        A table (CSV), a Trello board, Jira issues, or a project exported from Millrace: up to 100 MB. You see
        a preview before anything is created.
      </SectionHead>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={classNames(
          "rounded-card flex flex-col items-center gap-3 border border-dashed px-6 py-8 text-center",
          over ? "border-accent-line bg-accent-soft" : "border-line-strong",
        )}
      >
        <FileUp size={24} aria-hidden className="text-faint" />
        <p className="text-quiet">
          {chosen ? "Drop another file here, or choose one." : "Drop a file here, or choose one."}
        </p>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          aria-label="File to import"
          onChange={(event) => {
            void choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Button onClick={() => chooser.current?.click()} disabled={send.isPending}>
          Choose a file
        </Button>
      </div>
      {chosen && (
        <div className="border-line rounded-card mt-4 flex flex-col gap-4 border p-4">
          <div className="flex flex-wrap items-end justify-between gap-4">
            <div className="min-w-0">
              <p className="truncate font-medium">{chosen.file.name}</p>
              <p className="text-faint text-meta">{fileSize(chosen.file.size)}</p>
            </div>
            <SelectField
              label="File type"
              className="w-56 max-sm:w-full"
              value={chosen.format}
              disabled={send.isPending}
              onChange={(event) => setChosen({ ...chosen, format: event.target.value as ImportFormat })}
            >
              {Object.entries(formatNames).map(([format, name]) => (
                <option key={format} value={format}>
                  {name}
                </option>
              ))}
            </SelectField>
          </div>
          <FormProblem>
            {chosen.problem ??
              (failed instanceof NotTakenError
                ? "The file changed during the upload, or it took too long. Choose it again."
                : failed && explain(failed))}
          </FormProblem>
          {send.isPending && (
            <div>
              <progress
                value={part}
                max={1}
                aria-label={`Sending ${chosen.file.name}`}
                className="accent-accent-line block h-1.5 w-full"
              />
              <p className="text-faint text-meta mt-1 tabular-nums">{Math.round(part * 100)}% sent</p>
            </div>
          )}
          <div className="flex gap-2">
            <Button
              look="primary"
              busy={send.isPending}
              disabled={chosen.problem !== null}
              onClick={() => send.mutate(chosen)}
            >
              Send and check
            </Button>
            {send.isPending && <Button onClick={() => given.current?.abort()}>Stop</Button>}
          </div>
        </div>
      )}
      <RecentImports project={project} />
    </section>
  );
}

function RecentImports({ project }: { project: string }) {
  const recent = recentImports(project);
  if (recent.length === 0) return null;
  return (
    <div className="mt-6">
      <h3 className="text-quiet mb-1 font-medium">Recent imports</h3>
      <ul className="divide-line divide-y">
        {recent.map(({ id, name, at }) => (
          <li key={id}>
            <Link
              to={paths.projectData(project, id)}
              className="hover:bg-hover -mx-2 flex min-h-10 items-center gap-2 rounded-small px-2"
            >
              <History size={14} aria-hidden className="text-faint shrink-0" />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <time dateTime={at} className="text-faint text-meta">
                {new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
