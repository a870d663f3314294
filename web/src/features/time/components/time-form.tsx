import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem, TextField } from "@/components/ui/field";
import { answer, api, once, unchangedSince } from "@/lib/api/client";
import { fieldErrors, formError } from "@/lib/api/problem";
import type { TimeLog } from "@/lib/api/types";
import { daysFromNow } from "@/lib/dates";
import { rereadTime } from "../api/timer";
import { amountProblem, durationWords, typedMinutes } from "@/lib/duration";

/** Logs time on a task, or changes a log. */
export function TimeForm({ task, log, onDone }: { task: string; log?: TimeLog; onDone: () => void }) {
  const [amount, setAmount] = useState(log ? durationWords(log.minutes) : "");
  const [date, setDate] = useState(log?.date ?? daysFromNow(0));
  const [note, setNote] = useState(log?.note ?? "");
  const [tried, setTried] = useState(false);
  const minutes = typedMinutes(amount);
  const problem = amountProblem(minutes);

  const save = useMutation({
    mutationFn: async (body: { minutes: number; date: string; note: string }) => {
      if (log) {
        const params = { path: { task, log_id: log.id }, header: unchangedSince(log.version) };
        return answer(api.PATCH("/api/tasks/{task}/time-logs/{log_id}", { params, body }));
      }
      const params = { path: { task }, header: once() };
      return answer(api.POST("/api/tasks/{task}/time-logs", { params, body }));
    },
    onSuccess: onDone,
    onSettled: () => rereadTime(task),
  });
  const errors = fieldErrors(save.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null && minutes !== null) save.mutate({ minutes, date, note });
  };

  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    // The panel stays open: it is the form that is left.
    event.stopPropagation();
    onDone();
  };

  return (
    <form
      onSubmit={submit}
      aria-label={log ? "Change the log" : "Log time"}
      className="bg-column mb-3 flex flex-col gap-3 rounded-card p-3"
    >
      <FormProblem>{formError(save.error, ["minutes", "date", "note"])}</FormProblem>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Time"
          placeholder="1h 30m"
          autoFocus
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
          onKeyDown={leave}
          error={(tried && problem) || errors.minutes}
        />
        <TextField
          label="Day"
          type="date"
          required
          value={date}
          onChange={(event) => setDate(event.target.value)}
          onKeyDown={leave}
          error={errors.date}
        />
      </div>
      <TextField
        label="Note"
        placeholder="What you worked on"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={leave}
        error={errors.note}
      />
      <div className="flex justify-end gap-2">
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" look="primary" type="submit" busy={save.isPending}>
          {log ? "Save" : "Log time"}
        </Button>
      </div>
    </form>
  );
}
