import { Navigate } from "react-router";
import { useWorkspace } from "@/data/session/auth-context";
import { lastBoard } from "@/data/boards/last-board";
import { paths } from "@/lib/paths";

/** Opens the board that was open last in this workspace, else the list of projects. */
export function Home() {
  const { id } = useWorkspace();
  const last = lastBoard(id);
  return <Navigate replace to={last ? paths.board(last.project, last.board) : paths.projects} />;
}
