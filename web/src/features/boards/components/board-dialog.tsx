import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FormProblem, TextField } from "@/components/ui/field";
import { boardsQuery } from "@/data/projects/projects";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { Board } from "@/lib/api/types";
import { updateBoard } from "@/data/boards/board-query";

interface BoardDialogProps {
  project: string;
  board?: Board;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes a board, or renames the one given. */
export function BoardDialog({ project, board, open, onOpenChange }: BoardDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={board ? "Rename board" : "New board"}>
      <BoardForm project={project} {...(board ? { board } : {})} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function BoardForm({ project, board, onDone }: { project: string; board?: Board; onDone: () => void }) {
  const [name, setName] = useState(board?.name ?? "");
  const cache = useQueryClient();
  const navigate = useNavigate();
  const save = useMutation({
    mutationFn: () =>
      board
        ? answer(
            api.PATCH("/api/boards/{board_id}", {
              params: { path: { board_id: board.id }, header: unchangedSince(board.version) },
              body: { name },
            }),
          )
        : answer(
            api.POST("/api/projects/{project}/boards", {
              params: { path: { project }, header: once() },
              body: { name },
            }),
          ),
    onSuccess: (saved) => {
      updateBoard(saved.id, (known) => ({ ...known, board: saved }));
      void cache.invalidateQueries({ queryKey: boardsQuery(project).queryKey });
      onDone();
      if (!board) void navigate(paths.board(project, saved.id));
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex flex-col gap-4">
      <FormProblem>{formError(save.error, ["name"])}</FormProblem>
      <TextField
        label="Name"
        autoFocus
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldErrors(save.error).name}
      />
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {board ? "Rename" : "Create board"}
        </Button>
      </DialogActions>
    </form>
  );
}
