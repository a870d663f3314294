import { problemToast, toast } from "@/components/ui/toast-store";
import { announce } from "@/lib/announce";
import { answer, api, once } from "@/lib/api/client";
import { explain, ProblemError, UnreachableError } from "@/lib/api/problem";
import type { Attachment } from "@/lib/api/types";
import { fileSize } from "@/lib/file-size";
import { queryClient } from "@/lib/query-client";
import { NotTakenError, sendForm } from "@/lib/send-form";
import { putFile } from "@/data/files/file-state";
import { addUpload, changeUpload, removeUpload } from "../upload-store";
import { filesQuery } from "@/data/files/file-query";

/** The largest file that the server takes. */
const LARGEST = 100 * 1024 * 1024;

function change(task: string, draw: (files: readonly Attachment[]) => Attachment[]) {
  queryClient.setQueryData(filesQuery(task).queryKey, (known) => (known ? draw(known) : known));
}

/** What is wrong with a file before it is sent; null where nothing is. */
export function problemWith(file: Pick<File, "name" | "size">): string | null {
  if (file.size === 0) return "It is empty. Choose another file.";
  if (file.size > LARGEST) {
    return `It is ${fileSize(file.size)}, and the limit is ${fileSize(LARGEST)}. Make it smaller, or link to it.`;
  }
  return null;
}

function explainUpload(error: unknown): string {
  if (error instanceof NotTakenError) return "It changed during the upload, or took too long. Try again.";
  if (error instanceof UnreachableError) return "The connection was lost. Try again when you are online.";
  if (error instanceof ProblemError && error.status === 422) return `${explain(error)} Choose another file.`;
  return explain(error);
}

/** Attaches a file; its progress shows beside the task's files, and so does what went wrong. */
export async function uploadFile(task: string, file: File): Promise<void> {
  const id = crypto.randomUUID();
  const given = new AbortController();
  const giveUp = () => {
    given.abort();
    removeUpload(task, id);
  };
  const problem = problemWith(file);
  addUpload({ id, task, file, part: 0, problem, giveUp });
  if (problem) return;
  try {
    const { id: attachment_id, upload } = await answer(
      api.POST("/api/tasks/{task}/attachments", {
        params: { path: { task }, header: once() },
        body: { name: file.name, size: file.size, content_type: file.type || "application/octet-stream" },
      }),
    );
    await sendForm(upload, file, (part) => changeUpload(task, id, { part }), given.signal);
    const path = { task, attachment_id };
    const attached = await answer(
      api.POST("/api/tasks/{task}/attachments/{attachment_id}/complete", { params: { path } }),
    );
    change(task, (known) => putFile(known, attached));
    removeUpload(task, id);
    announce(`${file.name} attached`);
  } catch (error) {
    if (!given.signal.aborted) changeUpload(task, id, { problem: explainUpload(error) });
  }
}

/** Opens a file, or keeps it where browsers do not show it. */
export async function openFile(task: string, file: Attachment): Promise<void> {
  try {
    const { url } = await answer(
      api.GET("/api/tasks/{task}/attachments/{attachment_id}", {
        params: { path: { task, attachment_id: file.id } },
        headers: { accept: "application/json" },
      }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.rel = "noopener noreferrer";
    if (file.shown) link.target = "_blank";
    link.click();
  } catch (error) {
    problemToast(`${file.name} was not opened. ${explain(error)}`);
  }
}

/** Removes a file; it goes at once, and comes back where the server refuses. */
export async function deleteFile(task: string, file: Attachment): Promise<void> {
  change(task, (known) => known.filter(({ id }) => id !== file.id));
  try {
    await answer(
      api.DELETE("/api/tasks/{task}/attachments/{attachment_id}", {
        params: { path: { task, attachment_id: file.id } },
      }),
    );
    toast(`Removed ${file.name}`);
  } catch (error) {
    void queryClient.invalidateQueries({ queryKey: filesQuery(task).queryKey });
    problemToast(`${file.name} was not removed. ${explain(error)}`);
  }
}
