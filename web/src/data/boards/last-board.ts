const stored = (workspace: string) => `millrace.last-board.${workspace}`;

/** The board that was open last in a workspace. */
export function lastBoard(workspace: string): { project: string; board: string } | null {
  try {
    const value = JSON.parse(localStorage.getItem(stored(workspace)) ?? "null") as unknown;
    if (typeof value === "object" && value !== null && "project" in value && "board" in value) {
      return { project: String(value.project), board: String(value.board) };
    }
  } catch {
    // What cannot be read is as good as nothing remembered.
  }
  return null;
}

/** Remembers the board that is open, or forgets it where it is gone. */
export function rememberBoard(workspace: string, place: { project: string; board: string } | null): void {
  try {
    if (place) localStorage.setItem(stored(workspace), JSON.stringify(place));
    else localStorage.removeItem(stored(workspace));
  } catch {
    // Without storage the list of projects opens instead.
  }
}
