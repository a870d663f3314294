import { useQuery } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { classNames } from "@/lib/class-names";
import { filesQuery } from "@/data/files/file-query";
import { uploadFile } from "../api/file-writes";
import { useUploads } from "../upload-store";
import { FileRow } from "./file-row";
import { UploadRow } from "./upload-row";

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** A task's files: dropped anywhere on its panel, pasted, or chosen. */
export function Files({ task, editable }: { task: string; editable: boolean }) {
  const query = useQuery(filesQuery(task));
  const uploads = useUploads(task);
  const section = useRef<HTMLElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const files = query.data ?? [];

  useEffect(() => {
    const panel = section.current?.closest<HTMLElement>("[data-panel-task]");
    if (!panel || !editable) return;
    const attach = (list: FileList | undefined) => {
      for (const file of list ?? []) void uploadFile(task, file);
    };
    const drag = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && panel.contains(event.relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      attach(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.files;
      if (!pasted?.length) return;
      event.preventDefault();
      attach(pasted);
    };
    panel.addEventListener("dragover", drag);
    panel.addEventListener("dragleave", leave);
    panel.addEventListener("drop", drop);
    panel.addEventListener("paste", paste);
    return () => {
      panel.removeEventListener("dragover", drag);
      panel.removeEventListener("dragleave", leave);
      panel.removeEventListener("drop", drop);
      panel.removeEventListener("paste", paste);
    };
  }, [task, editable]);

  return (
    <section ref={section} aria-label="Files" className="border-line mt-8 border-t pt-4">
      <div className="mb-1 flex h-7 items-center justify-between">
        <h3 className="font-semibold">
          Files
          {files.length > 0 && (
            <span className="text-faint ml-1.5 font-normal tabular-nums">{files.length}</span>
          )}
        </h3>
        {editable && (
          <>
            <input
              ref={chooser}
              type="file"
              multiple
              hidden
              aria-label="Files to attach"
              onChange={(event) => {
                for (const file of event.target.files ?? []) void uploadFile(task, file);
                event.target.value = "";
              }}
            />
            <Button size="small" look="quiet" onClick={() => chooser.current?.click()}>
              <Paperclip size={14} aria-hidden />
              Attach
            </Button>
          </>
        )}
      </div>
      {query.isPending && <SkeletonRows rows={2} label="Loading the files" />}
      {query.isError && !query.data && (
        <Failure error={query.error} title="The files did not load" onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && files.length === 0 && uploads.length === 0 && !over && (
        <p className="text-faint">
          {editable ? "No files yet. Drop some here, paste a picture, or choose them." : "No files."}
        </p>
      )}
      <ul className="flex flex-col gap-1">
        {files.map((file) => (
          <FileRow key={file.id} task={task} file={file} editable={editable} />
        ))}
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
      {editable && (
        <p
          aria-hidden
          className={classNames(
            "border-accent-line bg-accent-soft text-accent-ink mt-2 place-items-center rounded-card border border-dashed py-6 font-medium",
            over ? "grid" : "hidden",
          )}
        >
          Drop to attach
        </p>
      )}
    </section>
  );
}
