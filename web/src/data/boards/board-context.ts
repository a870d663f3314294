import { createContext, useContext } from "react";
import type { Selection } from "./selection";
import type { CustomField, Label, Person } from "@/lib/api/types";
import type { BoardState } from "./board-state";

/** What can be opened over a card. */
export type CardMenuKind = "move" | "assign" | "label" | "priority" | "due" | "title";

/** What the parts of an open board share. */
export interface OpenBoard {
  board: string;
  project: string;
  people: ReadonlyMap<string, Person>;
  labels: ReadonlyMap<string, Label>;
  /** The project's own fields that cards show. */
  fields: readonly CustomField[];
  /** Whether the person may work on tasks. */
  works: boolean;
  /** Whether the person may arrange columns and boards. */
  arranges: boolean;
  openMenu: (kind: CardMenuKind, task: string) => void;
  archive: (task: string) => void;
}

/** Carries what the parts of an open board share; it changes rarely, so that cards are not redrawn. */
export const BoardContext = createContext<OpenBoard | null>(null);

/** The open board. */
export function useOpenBoard(): OpenBoard {
  const open = useContext(BoardContext);
  if (!open) throw new Error("useOpenBoard needs an open board above it.");
  return open;
}

/** Carries which cards are chosen: cards are drawn anew when that changes. */
export const SelectionContext = createContext<Selection | null>(null);

/** Which cards are chosen, and how that is changed. */
export function useCardSelection(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error("useCardSelection needs an open board above it.");
  return selection;
}

/** What the board shows, for parts that need all of it, such as the task panel. */
export const BoardViewContext = createContext<BoardState | null>(null);

/** All that the open board shows. */
export function useBoardView(): BoardState {
  const view = useContext(BoardViewContext);
  if (!view) throw new Error("useBoardView needs an open board above it.");
  return view;
}
