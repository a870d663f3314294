import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { boardState } from "@/data/boards/board-query";
import { classNames } from "@/lib/class-names";
import type { TaskChange } from "@/lib/api/types";
import { useConflict, type Conflict } from "@/data/tasks/conflict-store";
import { fieldNames, type Field } from "@/data/tasks/merge";
import { valueWords } from "@/data/tasks/history-sentence";
import { useNames } from "@/data/tasks/use-names";

/** Shows two versions of the same fields, side by side, and lets a person choose or merge. */
export function ConflictDialog() {
  const conflict = useConflict();
  if (!conflict) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) conflict.settle(null);
      }}
      wide
      title={`Someone else changed ${conflict.task} too`}
      description="Choose what stays. Nothing is lost until you save."
    >
      <ConflictForm key={`${conflict.task} ${conflict.theirs.version}`} conflict={conflict} />
    </Dialog>
  );
}

function ConflictForm({ conflict }: { conflict: Conflict }) {
  const { fields, mine, theirs, settle } = conflict;
  const [keepMine, setKeepMine] = useState<ReadonlySet<Field>>(new Set(fields));
  const [texts, setTexts] = useState<Partial<Record<Field, string>>>({});
  const names = useNames(boardState(conflict.board));
  const words = (field: Field, value: unknown) => valueWords(field, value, names) || "Nothing";

  const choose = (field: Field, own: boolean) => {
    const next = new Set(keepMine);
    if (own) next.add(field);
    else next.delete(field);
    setKeepMine(next);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const chosen = Object.fromEntries(
      (Object.entries(mine) as [Field, unknown][])
        .filter(([field]) => !fields.includes(field) || keepMine.has(field))
        .map(([field, value]) => [field, texts[field] ?? value]),
    ) as TaskChange;
    settle(chosen);
  };

  return (
    <form onSubmit={send} className="flex flex-col gap-5">
      {fields.map((field) => (
        <fieldset key={field} className="min-w-0">
          <legend className="mb-1.5 font-semibold">{fieldNames[field]}</legend>
          <div className="grid gap-2 sm:grid-cols-2">
            {[true, false].map((own) => {
              const chosen = keepMine.has(field) === own;
              const value = own ? mine[field] : theirs[field];
              const long = own && field === "description";
              return (
                <div
                  key={String(own)}
                  className={classNames(
                    "rounded-card border p-2.5",
                    chosen ? "border-accent-line bg-accent-soft" : "border-line",
                  )}
                >
                  <label className="flex items-center gap-2 font-medium">
                    <input
                      type="radio"
                      name={field}
                      checked={chosen}
                      onChange={() => choose(field, own)}
                      className="accent-(--accent)"
                    />
                    {own ? "Yours" : "Theirs"}
                  </label>
                  {long ? (
                    <textarea
                      aria-label="Your description"
                      rows={8}
                      value={texts[field] ?? mine.description ?? ""}
                      onChange={(event) => {
                        setTexts({ ...texts, [field]: event.target.value });
                        choose(field, true);
                      }}
                      className="border-field-line bg-surface mt-2 w-full rounded-small border p-2"
                    />
                  ) : (
                    <p className="mt-1.5 max-h-52 overflow-y-auto whitespace-pre-wrap wrap-anywhere">
                      {words(field, value)}
                    </p>
                  )}
                </div>
              );
            })}
          </div>
        </fieldset>
      ))}
      <DialogActions>
        <Button onClick={() => settle(null)}>Keep theirs</Button>
        <Button type="submit" look="primary">
          Save what I chose
        </Button>
      </DialogActions>
    </form>
  );
}
