import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useDeferredValue, useState } from "react";
import { answer, api } from "@/lib/api/client";
import type { Task } from "@/lib/api/types";
import { StatusIcon } from "./status-icon";

/** Finds the task that this one is a part of. */
export function ParentPicker({ task, onChange }: { task: Task; onChange: (parent: string | null) => void }) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ["projects", task.project, "tasks", "find", asked],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/projects/{project}/tasks", {
          params: { path: { project: task.project }, query: { limit: 20, ...(asked ? { q: asked } : {}) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
  const tasks = (found.data?.items ?? []).filter(({ key }) => key !== task.key);
  return (
    <Command label="Parent" shouldFilter={false} loop className="w-80 max-w-[calc(100vw-24px)]">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Part of"
        className="border-line h-9 w-full border-b bg-transparent px-2.5 outline-none max-sm:text-[16px] touch:h-11"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {task.parent != null && !asked && (
          <Command.Item
            value="none"
            onSelect={() => onChange(null)}
            className="data-[selected=true]:bg-hover flex h-8 cursor-pointer items-center rounded-small px-2 touch:h-11"
          >
            No parent
          </Command.Item>
        )}
        {tasks.map(({ key, title, status }) => (
          <Command.Item
            key={key}
            value={key}
            onSelect={() => onChange(key)}
            className="data-[selected=true]:bg-hover flex h-8 cursor-pointer items-center gap-2 rounded-small px-2 touch:h-11"
          >
            <StatusIcon category={status} />
            <span className="text-faint shrink-0 tabular-nums">{key}</span>
            <span className="truncate">{title}</span>
          </Command.Item>
        ))}
        {tasks.length === 0 && (
          <p className="text-quiet px-2 py-3">
            {found.isError
              ? "Tasks cannot be searched right now."
              : found.isPending
                ? "Searching"
                : "No task matches."}
          </p>
        )}
      </Command.List>
    </Command>
  );
}
