import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { paths } from "@/lib/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { answer, api } from "@/lib/api/client";
import { formError } from "@/lib/api/problem";
import type { Board } from "@/lib/api/types";
import { boardQuery } from "@/data/boards/board-query";
import { rememberBoard } from "@/data/boards/last-board";

/** Takes a board away. */
export function DeleteBoardDialog({
  board,
  cards,
  open,
  onOpenChange,
}: {
  board: Board;
  cards: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { id: workspace } = useWorkspace();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/boards/{board_id}", { params: { path: { board_id: board.id } } })),
    onSuccess: () => {
      rememberBoard(workspace, null);
      void navigate(paths.projects);
      cache.removeQueries({ queryKey: boardQuery(board.id).queryKey });
      void cache.invalidateQueries({ queryKey: ["projects"] });
      toast(`Deleted the board ${board.name}`);
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete the board ${board.name}?`}
      description={
        cards > 0
          ? `Its ${cards === 1 ? "card is" : `${cards} cards are`} deleted too. This cannot be undone.`
          : "It has no cards. This cannot be undone."
      }
      confirm="Delete board"
      busy={remove.isPending}
      problem={formError(remove.error, [])}
      onConfirm={() => remove.mutate()}
    />
  );
}
