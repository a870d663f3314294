import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { paths } from "@/lib/paths";
import { Button, IconButton } from "@/components/ui/button";
import { floatingClass } from "@/components/ui/menu";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { useBoardView, useOpenBoard } from "@/data/boards/board-context";
import { classNames } from "@/lib/class-names";
import type { Relation, Task, TaskLink } from "@/lib/api/types";
import { addLink, linksQuery, removeLink } from "../api/links";
import { relationNames, relations } from "@/lib/task-words";
import { TaskFinder } from "./task-finder";

/** The links of a task, grouped by relation. */
export function TaskLinks({ task, editable }: { task: Task; editable: boolean }) {
  const links = useQuery(linksQuery(task.key));
  const kinds = relations.filter((kind) => links.data?.some((link) => link.kind === kind));
  return (
    <section aria-label="Links" className="border-line mt-6 border-t pt-4">
      <div className="mb-1.5 flex h-7 items-center justify-between">
        <h3 className="font-semibold">Links</h3>
        {editable && <AddLink task={task} />}
      </div>
      {links.isPending && <SkeletonRows rows={1} label="Loading links" />}
      {links.isError && !links.data && (
        <Failure error={links.error} title="The links did not load" onRetry={() => void links.refetch()} />
      )}
      {links.data?.length === 0 && <p className="text-faint">No links yet.</p>}
      {kinds.map((kind) => (
        <div key={kind} className="mb-2">
          <h4 className={classNames("text-meta", kind === "blocked_by" ? "text-danger" : "text-quiet")}>
            {relationNames[kind]}
          </h4>
          <ul>
            {links.data
              ?.filter((link) => link.kind === kind)
              .map((link) => (
                <LinkRow key={link.id} task={task.key} link={link} editable={editable} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function LinkRow({ task, link, editable }: { task: string; link: TaskLink; editable: boolean }) {
  const { board, project } = useOpenBoard();
  const { cards } = useBoardView();
  const { search } = useLocation();
  const card = cards.get(link.task);
  const done = card ? card.status === "done" : link.done;
  const name = (
    <>
      <span className="text-faint shrink-0 tabular-nums">{link.task}</span>
      <span className={classNames("truncate", done && "text-quiet line-through")}>
        {card?.title ?? link.title}
      </span>
      {done && <span className="sr-only">done</span>}
    </>
  );
  const row = "flex min-h-8 min-w-0 flex-1 items-center gap-2";
  return (
    <li className="flex items-center gap-1">
      {card ? (
        <Link to={paths.task(project, board, link.task) + search} className={`${row} hover:underline`}>
          {name}
        </Link>
      ) : (
        <span className={row}>{name}</span>
      )}
      {editable && (
        <IconButton label={`Remove the link to ${link.task}`} onClick={() => void removeLink(task, link)}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

function AddLink({ task }: { task: Task }) {
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Relation>("blocked_by");
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button size="small" look="quiet">
          <Plus size={14} aria-hidden />
          Link
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Link to a task"
          align="end"
          sideOffset={2}
          collisionPadding={8}
          className={`${floatingClass} p-0`}
        >
          <div
            role="radiogroup"
            aria-label="Kind of link"
            className="border-line flex flex-wrap gap-1 border-b p-1.5"
          >
            {relations.map((each) => (
              <button
                key={each}
                type="button"
                role="radio"
                aria-checked={each === kind}
                onClick={() => setKind(each)}
                className={classNames(
                  "h-7 rounded-small px-2 touch:h-11",
                  each === kind ? "bg-accent-soft text-accent-ink font-medium" : "text-quiet hover:bg-hover",
                )}
              >
                {relationNames[each]}
              </button>
            ))}
          </div>
          <TaskFinder
            label="Task to link to"
            except={[task.key]}
            onChoose={(other) => {
              setOpen(false);
              void addLink(task.key, kind, other);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
