import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, SelectField, TextField } from "@/components/ui/field";
import { categories, categoryNames } from "@/lib/task-words";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Category, Column } from "@/lib/api/types";
import { addColumn, changeColumn } from "../api/column-writes";
import { useOpenBoard } from "@/data/boards/board-context";

/** Makes a column, or changes the one given. */
export function ColumnDialog({
  column,
  open,
  onOpenChange,
}: {
  column?: Column;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={column ? "Edit column" : "Add a column"}>
      <ColumnForm {...(column ? { column } : {})} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ColumnForm({ column, onDone }: { column?: Column; onDone: () => void }) {
  const { board } = useOpenBoard();
  const [name, setName] = useState(column?.name ?? "");
  const [category, setCategory] = useState<Category>(column?.category ?? "in_progress");
  const [limit, setLimit] = useState(column?.wip_limit?.toString() ?? "");

  const save = useMutation({
    mutationFn: async () => {
      const fields = { name, category, wip_limit: limit.trim() ? Number(limit) : null };
      if (column) await changeColumn(board, column, fields);
      else await addColumn(board, fields);
    },
    onSuccess: onDone,
  });
  const errors = fieldErrors(save.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(save.error, ["name", "category", "wip_limit"])}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors.name}
      />
      <SelectField
        label="Status"
        value={category}
        onChange={(event) => setCategory(event.target.value as Category)}
        error={errors.category}
        hint="The status of cards in this column."
      >
        {categories.map((id) => (
          <option key={id} value={id}>
            {categoryNames[id]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Limit"
        type="number"
        min={1}
        inputMode="numeric"
        placeholder="None"
        value={limit}
        onChange={(event) => setLimit(event.target.value)}
        error={errors.wip_limit}
        hint="The most cards this column can hold. Leave empty for no limit."
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {column ? "Save" : "Add column"}
        </Button>
      </DialogActions>
    </form>
  );
}
