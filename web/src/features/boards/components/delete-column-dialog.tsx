import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField } from "@/components/ui/field";
import { toast } from "@/components/ui/toast-store";
import { formError } from "@/lib/api/problem";
import type { Column } from "@/lib/api/types";
import { deleteColumn } from "../api/column-writes";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";

/** Takes a column away, and asks where its cards go. */
export function DeleteColumnDialog({
  column,
  total,
  open,
  onOpenChange,
}: {
  column: Column;
  total: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const cards = total === 1 ? "1 card" : `${total} cards`;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete the column ${column.name}?`}
      description={total > 0 ? `It has ${cards}. Choose where to move them.` : "It has no cards."}
    >
      <DeleteForm column={column} total={total} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function DeleteForm({ column, total, onDone }: { column: Column; total: number; onDone: () => void }) {
  const { board } = useOpenBoard();
  const { columns } = useBoardView();
  const others = columns.filter(({ id }) => id !== column.id);
  const [target, setTarget] = useState(others[0]?.id ?? "");
  const remove = useMutation({
    // The cards go somewhere in any case: one may be added while this question is open.
    mutationFn: () => deleteColumn(board, column.id, target || null),
    onSuccess: () => {
      toast(`Deleted the column ${column.name}`);
      onDone();
    },
  });
  return (
    <div className="flex flex-col gap-4">
      <FormProblem>{formError(remove.error, [])}</FormProblem>
      {total > 0 && (
        <SelectField label="Move cards to" value={target} onChange={(event) => setTarget(event.target.value)}>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          Delete column
        </Button>
      </DialogActions>
    </div>
  );
}
