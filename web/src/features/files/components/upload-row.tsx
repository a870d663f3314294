import { CircleAlert, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import { fileSize } from "@/lib/file-size";
import { problemWith, uploadFile } from "../api/file-writes";
import type { Upload } from "../upload-store";

/** A file on its way, or one that did not get there, with what to do. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { file, task, part, problem, giveUp } = upload;
  const percent = Math.round(part * 100);
  const again = () => {
    giveUp();
    void uploadFile(task, file);
  };
  return (
    <li className="-mx-2 flex items-center gap-3 px-2 py-1">
      <span className="bg-column border-line text-faint grid h-12 w-16 shrink-0 place-items-center rounded-small border">
        {problem ? (
          <CircleAlert size={18} aria-hidden className="text-danger" />
        ) : (
          <span className="text-meta tabular-nums">{percent}%</span>
        )}
      </span>
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{file.name}</p>
        {problem ? (
          <p role="alert" className="text-danger text-meta">
            {problem}
          </p>
        ) : (
          <>
            <progress
              value={part}
              max={1}
              aria-label={`Sending ${file.name}`}
              className="accent-accent-line mt-1 block h-1 w-full"
            />
            <p className="text-faint text-meta mt-0.5">{fileSize(file.size)}</p>
          </>
        )}
      </div>
      {problem && problemWith(file) === null && (
        <Button size="small" onClick={again}>
          Try again
        </Button>
      )}
      <IconButton label={problem ? `Dismiss ${file.name}` : `Stop sending ${file.name}`} onClick={giveUp}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
}
