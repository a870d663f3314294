import { answer, api, once } from "@/lib/api/client";
import { queryClient } from "@/lib/query-client";
import { sendForm } from "@/lib/send-form";
import type { Choices, Import, ImportFormat } from "@/lib/api/types";
import { importQuery } from "./import-query";

/** What each column of a table holds, by its name. */
export type Mapping = Record<string, string>;

/** Begins an import, sends its file, and has it checked; the import's id. */
export async function sendFile(
  project: string,
  file: File,
  format: ImportFormat,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const begun = await answer(
    api.POST("/api/imports/tasks", {
      params: { header: once() },
      body: { project, format, name: file.name, size: file.size },
      signal,
    }),
  );
  if (!begun.upload) throw new Error("The server did not say where to send the file.");
  await sendForm(begun.upload, file, onProgress, signal);
  await startImport(project, begun.import_id, { dry_run: true });
  return begun.import_id;
}

/** Starts an import whose file was sent: checks it, or makes its tasks. */
export async function startImport(
  project: string,
  import_id: string,
  how: {
    dry_run: boolean;
    mapping?: Mapping;
    make_columns?: boolean;
    choices?: Choices;
    archived?: boolean;
  },
): Promise<Import> {
  const started = await answer(api.POST("/api/imports/tasks", { body: { project, import_id, ...how } }));
  await queryClient.invalidateQueries({ queryKey: importQuery(import_id).queryKey });
  return started;
}

/** Writes a project to a file, and fetches it. */
export async function exportProject(
  project: string,
  format: "json" | "csv",
): Promise<{ name: string; tasks: number }> {
  const { url, name, tasks } = await answer(api.POST("/api/exports/tasks", { body: { project, format } }));
  const link = document.createElement("a");
  link.href = url;
  link.rel = "noopener noreferrer";
  link.click();
  return { name, tasks };
}
