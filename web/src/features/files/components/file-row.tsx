import { Download, Ellipsis, File, FileText, Image, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useOpenBoard } from "@/data/boards/board-context";
import type { Attachment } from "@/lib/api/types";
import { fromNow, fullMoment } from "@/lib/dates";
import { fileSize } from "@/lib/file-size";
import { deleteFile, openFile } from "../api/file-writes";
import { isBeingScanned } from "@/data/files/file-state";

/** The picture of a file: itself in small, or what kind of file it is. */
function Preview({ file }: { file: Attachment }) {
  const frame =
    "bg-column border-line grid h-12 w-16 shrink-0 place-items-center overflow-hidden rounded-small border";
  if (file.thumbnail) {
    return (
      <span className={frame}>
        <img src={file.thumbnail.url} alt="" loading="lazy" className="size-full object-cover" />
      </span>
    );
  }
  const image = file.content_type.startsWith("image/");
  if (image && isBeingScanned(file)) return <span className={`${frame} skeleton`} />;
  const Icon = image
    ? Image
    : file.content_type.startsWith("text/") || file.content_type.endsWith("pdf")
      ? FileText
      : File;
  return (
    <span className={`${frame} text-faint`}>
      <Icon size={18} aria-hidden />
    </span>
  );
}

/** One file of a task. */
export function FileRow({ task, file, editable }: { task: string; file: Attachment; editable: boolean }) {
  const { people } = useOpenBoard();
  const [asking, setAsking] = useState(false);
  const author = people.get(file.author)?.name ?? "a former member";
  return (
    <li
      data-file={file.id}
      className="group hover:bg-hover -mx-2 flex items-center gap-3 rounded-small px-2 py-1"
    >
      <Preview file={file} />
      <button
        type="button"
        aria-label={`${file.shown ? "Open" : "Download"} ${file.name}`}
        onClick={() => void openFile(task, file)}
        className="min-w-0 flex-1 rounded-small py-1 text-left touch:min-h-11"
      >
        <span className="block truncate font-medium">{file.name}</span>
        <span className="text-faint text-meta block truncate" title={fullMoment(file.created_at)}>
          {fileSize(file.size)}, {author}, {fromNow(file.created_at)}
        </span>
      </button>
      <Menu
        align="end"
        trigger={
          <IconButton
            label={`Actions for ${file.name}`}
            className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 touch:opacity-100"
          >
            <Ellipsis size={14} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Download size={14} aria-hidden />} onSelect={() => void openFile(task, file)}>
          {file.shown ? "Open" : "Download"}
        </MenuItem>
        {editable && (
          <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => setAsking(true)}>
            Remove
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove ${file.name}?`}
        description="It is removed for everyone. This cannot be undone."
        confirm="Remove file"
        onConfirm={() => {
          setAsking(false);
          void deleteFile(task, file);
        }}
      />
    </li>
  );
}
