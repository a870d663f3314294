import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { SectionHead } from "@/components/layout/page-head";
import { Button, IconButton } from "@/components/ui/button";
import { FormProblem, TextField } from "@/components/ui/field";
import { Failure, SkeletonRows } from "@/components/ui/states";
import { toast } from "@/components/ui/toast-store";
import { useWorkspace } from "@/data/session/auth-context";
import { fieldErrors, formError, ProblemError } from "@/lib/api/problem";
import type { Calendar, DayOfWeek } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { calendarQuery, saveCalendar } from "../api/calendar";

const week: readonly { id: DayOfWeek; name: string }[] = [
  { id: "monday", name: "Mon" },
  { id: "tuesday", name: "Tue" },
  { id: "wednesday", name: "Wed" },
  { id: "thursday", name: "Thu" },
  { id: "friday", name: "Fri" },
  { id: "saturday", name: "Sat" },
  { id: "sunday", name: "Sun" },
];

/** When the workspace works: used by burndowns and targets. */
export function CalendarSettings() {
  const { id, role } = useWorkspace();
  const calendar = useQuery({ ...calendarQuery(id), enabled: role !== "guest" });
  if (role === "guest") return null;
  return (
    <section aria-label="Calendar">
      <SectionHead title="Calendar">
        Working days, holidays and time zone. Sprints and their charts use them.
      </SectionHead>
      {calendar.isPending && <SkeletonRows rows={3} label="Loading the calendar" />}
      {calendar.isError && !calendar.data && (
        <Failure
          error={calendar.error}
          title="The calendar did not load"
          onRetry={() => void calendar.refetch()}
        />
      )}
      {calendar.data && (
        <CalendarForm
          key={calendar.data.version}
          workspace={id}
          calendar={calendar.data}
          settles={role === "admin" || role === "owner"}
          onReload={() => void calendar.refetch()}
        />
      )}
    </section>
  );
}

function CalendarForm({
  workspace,
  calendar,
  settles,
  onReload,
}: {
  workspace: string;
  calendar: Calendar;
  settles: boolean;
  onReload: () => void;
}) {
  const [draft, setDraft] = useState(calendar);
  const zones = useId();
  const change = (part: Partial<Calendar>) => setDraft((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: () => saveCalendar(workspace, draft),
    onSuccess: () => toast("Saved the calendar"),
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 412) onReload();
    },
  });
  const errors = fieldErrors(save.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const holidays = draft.holidays;
  const setHoliday = (index: number, part: Partial<Calendar["holidays"][number]>) =>
    change({ holidays: holidays.map((day, at) => (at === index ? { ...day, ...part } : day)) });
  return (
    <form onSubmit={send} noValidate className="flex max-w-[480px] flex-col gap-4">
      <FormProblem>{formError(save.error, Object.keys(errors))}</FormProblem>
      <fieldset disabled={!settles} className="contents">
        <TextField
          label="Time zone"
          list={zones}
          value={draft.time_zone}
          onChange={(event) => change({ time_zone: event.target.value })}
          error={errors.time_zone}
          hint="For example Europe/Berlin."
        />
        <datalist id={zones}>
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <div role="group" aria-label="Working days" className="flex flex-col gap-1">
          <span className="text-quiet font-medium">Working days</span>
          <div className="flex flex-wrap gap-1.5">
            {week.map(({ id, name }) => {
              const works = draft.working_days.includes(id);
              return (
                <button
                  key={id}
                  type="button"
                  aria-pressed={works}
                  onClick={() =>
                    change({
                      working_days: works
                        ? draft.working_days.filter((day) => day !== id)
                        : [...draft.working_days, id],
                    })
                  }
                  className={classNames(
                    "h-8 rounded-small border px-3 font-medium touch:h-11",
                    works
                      ? "border-accent-line bg-accent-soft text-accent-ink"
                      : "border-field-line text-quiet hover:bg-hover",
                  )}
                >
                  {name}
                </button>
              );
            })}
          </div>
          {errors.working_days && <p className="text-danger text-meta">{errors.working_days}</p>}
        </div>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="From"
            type="time"
            value={draft.day_begins}
            onChange={(event) => change({ day_begins: event.target.value })}
            error={errors.day_begins}
          />
          <TextField
            label="To"
            type="time"
            value={draft.day_ends}
            onChange={(event) => change({ day_ends: event.target.value })}
            error={errors.day_ends}
          />
        </div>
        <div role="group" aria-label="Holidays" className="flex flex-col gap-2">
          <span className="text-quiet font-medium">Holidays</span>
          {holidays.length === 0 && (
            <p className="text-quiet">No holidays yet. Holidays do not count as working days.</p>
          )}
          {holidays.map(({ date, name }, index) => (
            <div key={index} className="flex items-start gap-2">
              <TextField
                label={`Day of holiday ${index + 1}`}
                hideLabel
                type="date"
                value={date}
                className="w-40 shrink-0"
                onChange={(event) => setHoliday(index, { date: event.target.value })}
                error={errors[`holidays[${index}].date`]}
              />
              <TextField
                label={`Name of holiday ${index + 1}`}
                hideLabel
                placeholder="New Year"
                maxLength={100}
                value={name}
                className="min-w-0 flex-1"
                onChange={(event) => setHoliday(index, { name: event.target.value })}
                error={errors[`holidays[${index}].name`]}
              />
              <IconButton
                label={`Remove holiday ${index + 1}`}
                className="mt-1"
                onClick={() => change({ holidays: holidays.filter((_, at) => at !== index) })}
              >
                <Trash2 size={14} aria-hidden />
              </IconButton>
            </div>
          ))}
          {settles && (
            <div>
              <Button
                size="small"
                onClick={() => change({ holidays: [...holidays, { date: "", name: "" }] })}
              >
                <Plus size={13} aria-hidden />
                Add a holiday
              </Button>
            </div>
          )}
        </div>
        {settles && (
          <div>
            <Button type="submit" look="primary" disabled={draft === calendar} busy={save.isPending}>
              Save calendar
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
