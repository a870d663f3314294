import { useCallback, useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { BoardFilter } from "@/data/boards/board-state";

/** The address follows the typing once it rests, since each change of it redraws the page. */
const REST_MS = 150;

/** The filter of a board, kept in the address so that it can be shared and gone back to. */
export function useFilter(): [BoardFilter, (change: Partial<BoardFilter>) => void] {
  const [search, setSearch] = useSearchParams();
  const addressText = search.get("q") ?? "";
  const [text, setText] = useState(addressText);
  const [written, setWritten] = useState(addressText);
  if (addressText !== written) {
    // After going back or following a link, the address wins.
    setWritten(addressText);
    setText(addressText);
  }

  const put = useCallback(
    (values: Record<string, readonly string[]>) => {
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, list] of Object.entries(values)) {
            next.delete(name);
            for (const value of list) if (value) next.append(name, value);
          }
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );

  useEffect(() => {
    if (text === addressText) return;
    const timer = setTimeout(() => put({ q: [text] }), REST_MS);
    return () => clearTimeout(timer);
  }, [text, addressText, put]);

  const filter = useMemo(
    () => ({
      text,
      assignees: search.getAll("assignee"),
      labels: search.getAll("label"),
      priorities: search.getAll("priority"),
      sprints: search.getAll("sprint"),
    }),
    [search, text],
  );
  const change = useCallback(
    ({ text: typed, assignees, labels, priorities, sprints }: Partial<BoardFilter>) => {
      if (typed !== undefined) setText(typed);
      if (!assignees && !labels && !priorities && !sprints) return;
      put({
        ...(typed === undefined ? {} : { q: [typed] }),
        ...(assignees ? { assignee: assignees } : {}),
        ...(labels ? { label: labels } : {}),
        ...(priorities ? { priority: priorities } : {}),
        ...(sprints ? { sprint: sprints } : {}),
      });
    },
    [put],
  );
  return [filter, change];
}
