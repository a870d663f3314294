import { Plus } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { boxClass } from "@/components/ui/field";
import { Button } from "@/components/ui/button";
import { createTask } from "@/data/tasks/task-writes";
import { explain } from "@/lib/api/problem";
import type { Column } from "@/lib/api/types";
import { useOpenBoard } from "@/data/boards/board-context";
import { setQuickAdd, useQuickAdd } from "../quick-add-store";

/** Adds cards to the bottom of a column, one after another. */
export function QuickAdd({ column }: { column: Column }) {
  const open = useQuickAdd(column.id);
  return (
    <div className="shrink-0 p-2 pt-1">
      {open ? (
        <QuickAddForm column={column} />
      ) : (
        <button
          type="button"
          onClick={() => setQuickAdd(column.id)}
          aria-label={`Add a card to ${column.name}`}
          className="text-quiet hover:bg-hover hover:text-text flex h-8 w-full items-center gap-1.5 rounded-small px-2 transition-colors touch:h-11"
        >
          <Plus size={14} aria-hidden />
          Add card
        </button>
      )}
    </div>
  );
}

function QuickAddForm({ column }: { column: Column }) {
  const { board, project } = useOpenBoard();
  const [title, setTitle] = useState("");
  const [error, setError] = useState<unknown>(null);
  const box = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    box.current
      ?.closest("section")
      ?.querySelector("[data-column-list]")
      ?.scrollTo({ top: Number.MAX_SAFE_INTEGER });
  }, []);

  const add = (event: FormEvent) => {
    event.preventDefault();
    const wanted = title.trim();
    if (!wanted) return;
    setTitle("");
    setError(null);
    createTask(board, project, { title: wanted, column_id: column.id })
      .then(() => {
        box.current
          ?.closest("section")
          ?.querySelector("[data-column-list]")
          ?.scrollTo({ top: Number.MAX_SAFE_INTEGER });
      })
      .catch((refusal: unknown) => {
        // Whatever has been typed since stays; what was refused comes back before it.
        setTitle((typed) => (typed ? `${wanted} ${typed}` : wanted));
        setError(refusal);
      });
  };

  return (
    <form
      onSubmit={add}
      className="bg-surface border-accent-line rounded-card border p-2"
      onBlur={(event) => {
        if (!title.trim() && !event.currentTarget.contains(event.relatedTarget)) setQuickAdd(null);
      }}
    >
      <textarea
        ref={box}
        autoFocus
        rows={2}
        value={title}
        aria-label={`Title of the new card in ${column.name}`}
        placeholder="What needs to be done?"
        maxLength={500}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) add(event);
          if (event.key === "Escape") {
            event.stopPropagation();
            setQuickAdd(null);
          }
        }}
        className={`${boxClass} resize-none border-none px-1 py-0.5 outline-none max-sm:text-[16px]`}
      />
      {error !== null && (
        <p role="alert" className="text-danger text-meta px-1 pb-1">
          The card was not added. {explain(error)}
        </p>
      )}
      <div className="flex items-center justify-between">
        <Button size="small" look="quiet" onClick={() => setQuickAdd(null)}>
          Cancel
        </Button>
        <Button size="small" type="submit" look="primary" disabled={!title.trim()}>
          Add card
        </Button>
      </div>
    </form>
  );
}
