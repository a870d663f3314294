import { Eye, EyeOff } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { useAccount } from "@/data/session/auth-context";
import { useOpenBoard } from "@/data/boards/board-context";
import type { Task } from "@/lib/api/types";
import { setWatching } from "../api/watching";

/** Who hears of a task's changes, and a way to join or leave them. */
export function TaskWatch({ task }: { task: Task }) {
  const { people } = useOpenBoard();
  const me = useAccount().user.id;
  const watches = task.watchers.includes(me);
  const watchers = task.watchers.flatMap((id) => people.get(id) ?? []);
  return (
    <div className="mt-2 flex min-h-8 items-center gap-2">
      <span className="text-quiet w-24 shrink-0">Watchers</span>
      <ul aria-label="Watchers" className="flex -space-x-1">
        {watchers.map((person) => (
          <li key={person.id} className="flex" title={person.name}>
            <Avatar person={person} ring />
          </li>
        ))}
      </ul>
      {!task.archived && (
        <Button
          size="small"
          look="quiet"
          aria-pressed={watches}
          onClick={() => void setWatching(task, me, !watches)}
        >
          {watches ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
          {watches ? "Stop watching" : "Watch"}
        </Button>
      )}
    </div>
  );
}
