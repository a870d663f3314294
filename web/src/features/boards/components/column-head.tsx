import { ArrowLeft, ArrowRight, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState, type Ref } from "react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { StatusIcon } from "@/components/ui/status-icon";
import type { Column } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { moveColumn } from "../api/column-writes";
import { useOpenBoard } from "@/data/boards/board-context";
import { ColumnDialog } from "./column-dialog";
import { DeleteColumnDialog } from "./delete-column-dialog";

/** A column's name, how full it is, and what can be done with it. It is also the handle to drag it by. */
export function ColumnHead({
  ref,
  column,
  index,
  count,
  shown,
  total,
  filtering,
}: {
  ref: Ref<HTMLDivElement>;
  column: Column;
  index: number;
  count: number;
  shown: number;
  total: number;
  filtering: boolean;
}) {
  const { board, arranges } = useOpenBoard();
  const [editing, setEditing] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const limit = column.wip_limit ?? null;
  const full = limit !== null && total >= limit;
  const over = limit !== null && total > limit;
  return (
    <div
      ref={ref}
      className={classNames(
        "flex h-10 shrink-0 items-center gap-2 pr-1.5 pl-3",
        arranges && "cursor-grab active:cursor-grabbing",
      )}
    >
      <StatusIcon category={column.category} />
      <h2 className="truncate font-semibold">{column.name}</h2>
      <span
        className={classNames(
          "text-meta shrink-0 tabular-nums",
          over ? "text-danger font-medium" : full ? "text-warning font-medium" : "text-faint",
        )}
        title={limit === null ? undefined : `At most ${limit} cards`}
      >
        {filtering ? `${shown} of ${total}` : total}
        {limit !== null && ` / ${limit}`}
        {over ? " over limit" : full ? " full" : ""}
      </span>
      <span className="flex-1" />
      {arranges && (
        <Menu
          align="end"
          trigger={
            <IconButton label={`Actions for the column ${column.name}`}>
              <Ellipsis size={15} aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<Pencil size={14} aria-hidden />} onSelect={() => setEditing(true)}>
            Edit column
          </MenuItem>
          <MenuItem
            icon={<ArrowLeft size={14} aria-hidden />}
            disabled={index === 0}
            onSelect={() => void moveColumn(board, column.id, index - 1)}
          >
            Move left
          </MenuItem>
          <MenuItem
            icon={<ArrowRight size={14} aria-hidden />}
            disabled={index === count - 1}
            onSelect={() => void moveColumn(board, column.id, index + 1)}
          >
            Move right
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            danger
            icon={<Trash2 size={14} aria-hidden />}
            disabled={count === 1}
            onSelect={() => setDeleting(true)}
          >
            Delete column
          </MenuItem>
        </Menu>
      )}
      <ColumnDialog column={column} open={editing} onOpenChange={setEditing} />
      <DeleteColumnDialog column={column} total={total} open={deleting} onOpenChange={setDeleting} />
    </div>
  );
}
