import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useDeferredValue, useState } from "react";
import { answer, api } from "@/lib/api/client";
import { StatusIcon } from "@/components/ui/status-icon";

const itemClass =
  "data-[selected=true]:bg-hover flex h-8 cursor-pointer items-center gap-2 rounded-small px-2 touch:h-11";

/** Finds a task by its key or title: of one project where it is named, else of the workspace. */
export function TaskFinder({
  label,
  placeholder = "Key or title",
  project,
  except,
  none,
  onChoose,
}: {
  label: string;
  placeholder?: string;
  project?: string;
  except: readonly string[];
  /** Offered before anything is typed: to choose no task at all. */
  none?: { name: string; onChoose: () => void } | undefined;
  onChoose: (task: { key: string; title: string }) => void;
}) {
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey:
      project === undefined ? ["tasks", "find", asked] : ["projects", project, "tasks", "find", asked],
    queryFn: ({ signal }) => {
      const query = { limit: 20, sort: "-updated_at" as const, ...(asked ? { q: asked } : {}) };
      return answer(
        project === undefined
          ? api.GET("/api/tasks", { params: { query }, signal })
          : api.GET("/api/projects/{project}/tasks", { params: { path: { project }, query }, signal }),
      );
    },
    placeholderData: (before) => before,
  });
  const tasks = (found.data?.items ?? []).filter(({ key }) => !except.includes(key));
  return (
    <Command label={label} shouldFilter={false} loop className="w-80 max-w-[calc(100vw-24px)]">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder={placeholder}
        className="border-line h-9 w-full border-b bg-transparent px-2.5 outline-none max-sm:text-[16px] touch:h-11"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        {none && !asked && (
          <Command.Item value="none" onSelect={none.onChoose} className={itemClass}>
            {none.name}
          </Command.Item>
        )}
        {tasks.map(({ key, title, status }) => (
          <Command.Item key={key} value={key} onSelect={() => onChoose({ key, title })} className={itemClass}>
            <StatusIcon category={status} />
            <span className="text-faint shrink-0 tabular-nums">{key}</span>
            <span className="truncate">{title}</span>
          </Command.Item>
        ))}
        {tasks.length === 0 && (
          <p className="text-quiet px-2 py-3">
            {found.isError
              ? "Search is unavailable right now."
              : found.isPending
                ? "Searching"
                : "No matching tasks."}
          </p>
        )}
      </Command.List>
    </Command>
  );
}
