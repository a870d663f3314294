import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { BoardFilter } from "./board-state";

/** The filter of a board, kept in the address so that it can be shared and gone back to. */
export function useFilter(): [BoardFilter, (change: Partial<BoardFilter>) => void] {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(
    () => ({
      text: search.get("q") ?? "",
      assignees: search.getAll("assignee"),
      labels: search.getAll("label"),
      priorities: search.getAll("priority"),
    }),
    [search],
  );
  const change = useCallback(
    (part: Partial<BoardFilter>) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          const put = (name: string, values: readonly string[] | undefined) => {
            if (!values) return;
            next.delete(name);
            for (const value of values) if (value) next.append(name, value);
          };
          put("q", part.text === undefined ? undefined : [part.text]);
          put("assignee", part.assignees);
          put("label", part.labels);
          put("priority", part.priorities);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return [filter, change];
}
