import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Clock } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { paths } from "@/lib/paths";
import { PageHead, PageTitle } from "@/components/layout/page-head";
import { Button, IconButton } from "@/components/ui/button";
import { CsvButton } from "@/components/ui/csv-button";
import { SelectField } from "@/components/ui/field";
import { Empty, Failure, Skeleton } from "@/components/ui/states";
import { useAccount, useWorkspace } from "@/data/session/auth-context";
import { membersQuery } from "@/data/people/people";
import { projectsQuery } from "@/data/projects/projects";
import { reaches } from "@/lib/roles";
import { ExportLink } from "@/features/reports";
import { taskQuery } from "@/data/tasks/task-query";
import type { Timesheet } from "@/lib/api/types";
import { classNames } from "@/lib/class-names";
import { daysFromNow, shortDay } from "@/lib/dates";
import { timesheetCsv, timesheetQuery, type Asked } from "../api/time-query";
import { clock } from "@/lib/duration";
import { dayAfter, isDay, mondayOf } from "../week";

/** A week of a person's work, by task and day. */
export function TimesheetPage() {
  const [search, setSearch] = useSearchParams();
  const { user } = useAccount();
  const asked = search.get("week") ?? "";
  const monday = mondayOf(isDay(asked) ? asked : daysFromNow(0));
  const person = search.get("person") ?? user.id;
  const wanted: Asked = { user: person, from: monday, to: dayAfter(monday, 6) };
  const sheet = useQuery(timesheetQuery(wanted));
  const go = (change: Record<string, string | null>) =>
    setSearch((before) => {
      for (const [name, value] of Object.entries(change)) {
        if (value === null) before.delete(name);
        else before.set(name, value);
      }
      return before;
    });

  return (
    <>
      <PageHead
        actions={
          <>
            <ExportLink
              chosen={{
                kind: "time",
                who: person === user.id ? "" : person,
                from: monday,
                to: dayAfter(monday, 6),
              }}
            />
            <CsvButton
              file={`timesheet-${wanted.from}-${wanted.to}.csv`}
              read={() => timesheetCsv(wanted)}
              failed="The timesheet was not downloaded."
            />
          </>
        }
      >
        <PageTitle>Timesheet</PageTitle>
      </PageHead>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[1040px] px-6 py-6 max-sm:px-4">
          <div className="mb-4 flex flex-wrap items-center gap-2">
            <IconButton label="Previous week" onClick={() => go({ week: dayAfter(monday, -7) })}>
              <ChevronLeft size={16} aria-hidden />
            </IconButton>
            <p className="min-w-40 text-center font-medium" aria-live="polite">
              {shortDay(monday)} to {shortDay(dayAfter(monday, 6))}
            </p>
            <IconButton label="Next week" onClick={() => go({ week: dayAfter(monday, 7) })}>
              <ChevronRight size={16} aria-hidden />
            </IconButton>
            <Button size="small" onClick={() => go({ week: null })}>
              This week
            </Button>
            <span className="flex-1" />
            <PersonChoice person={person} onChange={(id) => go({ person: id === user.id ? null : id })} />
          </div>
          {sheet.isPending && (
            <div role="status" aria-label="Loading the timesheet" className="flex flex-col gap-3">
              {Array.from({ length: 5 }, (_, row) => (
                <Skeleton key={row} className="h-8 w-full" />
              ))}
            </div>
          )}
          {sheet.isError && !sheet.data && (
            <Failure
              error={sheet.error}
              title="The timesheet did not load"
              onRetry={() => void sheet.refetch()}
            />
          )}
          {sheet.data && sheet.data.minutes === 0 && (
            <Empty icon={<Clock size={28} aria-hidden />} title="No time logged this week">
              Start the timer on a task with the key S, or log time in the task itself. It adds up here.
            </Empty>
          )}
          {sheet.data && sheet.data.minutes > 0 && (
            <>
              <WeekTable sheet={sheet.data} />
              <WeekList sheet={sheet.data} />
            </>
          )}
        </div>
      </main>
    </>
  );
}

/** Whose week is shown; those who manage a project may look at others. */
function PersonChoice({ person, onChange }: { person: string; onChange: (id: string) => void }) {
  const workspace = useWorkspace();
  const { user } = useAccount();
  const projects = useQuery(projectsQuery).data ?? [];
  const manages = workspace.manages || projects.some(({ role }) => reaches(role, "manager"));
  const members = useQuery({ ...membersQuery(workspace.id), enabled: manages && workspace.role !== "guest" });
  if (!members.data) return null;
  return (
    <SelectField
      label="Whose timesheet"
      hideLabel
      className="w-48"
      value={person}
      onChange={(event) => onChange(event.target.value)}
    >
      {members.data.map(({ id, name }) => (
        <option key={id} value={id}>
          {id === user.id ? `${name} (you)` : name}
        </option>
      ))}
    </SelectField>
  );
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short", timeZone: "UTC" });
const dayName = (date: string) => weekday.format(new Date(`${date}T00:00:00Z`));
const minutesOf = (hours: number) => Math.round(hours * 60);

/** The week as a table, where there is room for seven days side by side. */
function WeekTable({ sheet }: { sheet: Timesheet }) {
  const today = daysFromNow(0);
  const cell = "px-2 py-2 text-right tabular-nums";
  return (
    <div className="border-line bg-surface overflow-hidden rounded-card border max-lg:hidden">
      <table className="w-full border-collapse">
        <thead>
          <tr className="border-line text-quiet border-b">
            <th scope="col" className="px-3 py-2 text-left font-medium">
              Task
            </th>
            {sheet.days.map(({ date, working }) => (
              <th
                key={date}
                scope="col"
                className={classNames(
                  "w-20 px-2 py-2 text-right font-medium",
                  date === today && "text-accent-ink",
                  !working && "bg-column",
                )}
              >
                {dayName(date)}
                <span className="text-meta block font-normal">{shortDay(date)}</span>
              </th>
            ))}
            <th scope="col" className="w-20 px-3 py-2 text-right font-medium">
              Sum
            </th>
          </tr>
        </thead>
        <tbody>
          {sheet.tasks.map(({ task, minutes }) => (
            <tr key={task} className="border-line border-b">
              <th scope="row" className="max-w-64 px-3 py-2 text-left font-normal">
                <TaskName task={task} />
              </th>
              {sheet.days.map((day) => {
                const logged = day.tasks.find((other) => other.task === task);
                return (
                  <td key={day.date} className={classNames(cell, !day.working && "bg-column")}>
                    {logged ? clock(logged.minutes) : ""}
                  </td>
                );
              })}
              <td className={classNames(cell, "px-3 font-medium")}>{clock(minutes)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-medium">
            <th scope="row" className="px-3 py-2 text-left font-medium">
              Sum
            </th>
            {sheet.days.map((day) => (
              <td key={day.date} className={classNames(cell, !day.working && "bg-column")}>
                {day.minutes > 0 ? clock(day.minutes) : ""}
              </td>
            ))}
            <td className={classNames(cell, "px-3")}>{clock(sheet.minutes)}</td>
          </tr>
          <tr className="text-quiet">
            <th scope="row" className="px-3 pb-2 text-left font-normal">
              Expected
            </th>
            {sheet.days.map((day) => (
              <td key={day.date} className={classNames(cell, "pt-0", !day.working && "bg-column")}>
                {day.expected_hours > 0 ? clock(minutesOf(day.expected_hours)) : ""}
              </td>
            ))}
            <td className={classNames(cell, "px-3 pt-0")}>{clock(minutesOf(sheet.expected_hours))}</td>
          </tr>
          <tr className="text-quiet">
            <th scope="row" className="px-3 pb-2 text-left font-normal">
              Overtime
            </th>
            {sheet.days.map((day) => (
              <td
                key={day.date}
                className={classNames(cell, "text-warning pt-0", !day.working && "bg-column")}
              >
                {day.overtime_hours > 0 ? clock(minutesOf(day.overtime_hours)) : ""}
              </td>
            ))}
            <td className={classNames(cell, "px-3 pt-0")}>{clock(minutesOf(sheet.overtime_hours))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The week day by day, where the table would be too wide. */
function WeekList({ sheet }: { sheet: Timesheet }) {
  const sums = [
    ["Total", sheet.minutes],
    ["Expected", minutesOf(sheet.expected_hours)],
    ["Overtime", minutesOf(sheet.overtime_hours)],
  ] as const;
  return (
    <div className="flex flex-col gap-3 lg:hidden">
      <dl className="border-line bg-surface grid grid-cols-3 rounded-card border">
        {sums.map(([name, minutes]) => (
          <div key={name} className="px-3 py-2">
            <dt className="text-quiet text-meta">{name}</dt>
            <dd className="font-semibold tabular-nums">{clock(minutes)}</dd>
          </div>
        ))}
      </dl>
      {sheet.days
        .filter(({ minutes, working }) => minutes > 0 || working)
        .map((day) => (
          <section
            key={day.date}
            aria-label={`${dayName(day.date)} ${shortDay(day.date)}`}
            className="border-line bg-surface rounded-card border"
          >
            <h2 className="flex justify-between gap-3 px-3 py-2 font-medium tabular-nums">
              <span className={classNames(day.date === daysFromNow(0) && "text-accent-ink")}>
                {dayName(day.date)} {shortDay(day.date)}
              </span>
              <span className={classNames(day.minutes === 0 && "text-faint font-normal")}>
                {day.minutes > 0 ? clock(day.minutes) : "Nothing logged"}
              </span>
            </h2>
            <ul>
              {day.tasks.map(({ task, minutes }) => (
                <li
                  key={task}
                  className="border-line flex min-h-9 items-center justify-between gap-3 border-t px-3 touch:min-h-11"
                >
                  <span className="min-w-0">
                    <TaskName task={task} />
                  </span>
                  <span className="shrink-0 tabular-nums">{clock(minutes)}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

/** A task by its key, and its title as soon as that is known. */
function TaskName({ task: key }: { task: string }) {
  const task = useQuery(taskQuery(key)).data;
  if (!task) return <span className="text-quiet tabular-nums">{key}</span>;
  return (
    <Link
      to={paths.task(task.project, task.board_id, key)}
      className="flex min-w-0 items-center gap-2 hover:underline touch:min-h-11"
      title={task.title}
    >
      <span className="text-quiet shrink-0 tabular-nums">{key}</span>
      <span className="truncate">{task.title}</span>
    </Link>
  );
}
