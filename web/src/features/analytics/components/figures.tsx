import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Skeleton } from "@/components/ui/states";
import { categoryNames } from "@/lib/task-words";
import type { DashboardFigures, Person } from "@/lib/api/types";
import { compared, cycleWords, hoursWords } from "../compare";
import type { Part } from "./charts";

/** The people of figures by their ids. */
export type People = ReadonlyMap<string, Pick<Person, "id" | "name" | "avatar_url">>;

/** Why a label has no figures of people. */
export const NOT_BY_LABEL = "Not available for a single label. Choose any label to see people.";
/** Why people have no figures of labels. */
export const NOT_BY_PERSON = "Not available for a person or team. Choose everybody to see labels.";

const unknown = (id: string) => ({ id, name: "Former member" });

function Tile({ name, value, hint }: { name: string; value: ReactNode; hint?: string }) {
  return (
    <div className="border-line bg-surface rounded-card border px-4 py-3">
      <dt className="text-quiet">{name}</dt>
      <dd className="mt-1 text-[22px] leading-7 font-semibold tabular-nums">{value}</dd>
      {hint && <dd className="text-faint text-meta mt-0.5">{hint}</dd>}
    </div>
  );
}

/** The numbers at the head of a page of figures, each beside the days before. */
export function Tiles({ figures }: { figures: Omit<DashboardFigures, "drifts"> }) {
  const { now: week, before: weekBefore } = figures.last_7_days;
  const { now: month } = figures.last_30_days;
  return (
    <dl className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <Tile name="Closed today" value={figures.today.closed} hint={`${figures.today.created} created`} />
      <Tile name="Closed in 7 days" value={week.closed} hint={compared(week.closed, weekBefore.closed)} />
      <Tile
        name="Closed in 30 days"
        value={month.closed}
        hint={compared(month.closed, figures.last_30_days.before.closed)}
      />
      <Tile name="Open" value={figures.open} hint={`${figures.overdue} overdue`} />
      <Tile
        name="Logged in 7 days"
        value={hoursWords(week.hours)}
        hint={compared(week.hours, weekBefore.hours)}
      />
      <Tile name="Cycle time" value={cycleWords(month.cycle_hours)} hint="30-day average" />
    </dl>
  );
}

/** Tasks by their status, each bar in the status's own colour. */
export function statusParts(figures: Pick<DashboardFigures, "by_status">): Part[] {
  return figures.by_status.map(({ status, tasks }) => ({
    name: categoryNames[status],
    tasks,
    color: `var(--status-${status})`,
  }));
}

/** Open tasks by the people who work on them. */
export function workloadParts(figures: Pick<DashboardFigures, "workload">, people: People): Part[] {
  return figures.workload.map(({ person, open }) => ({
    name: person ? (people.get(person) ?? unknown(person)).name : "Nobody",
    tasks: open,
  }));
}

/** Who did the most. */
export function Contributors({
  contributors,
  people,
  empty = "No contributions in this period.",
}: {
  contributors: DashboardFigures["contributors"];
  people: People;
  empty?: string;
}) {
  return (
    <section aria-label="Top contributors" className="border-line bg-surface rounded-card border p-4">
      <h2 className="text-reading mb-2 font-semibold">Top contributors</h2>
      {contributors.length === 0 ? (
        <p className="text-quiet grid h-64 place-items-center px-6 text-center">{empty}</p>
      ) : (
        <table className="w-full">
          <thead>
            <tr className="border-line text-quiet border-b">
              <th scope="col" className="py-1.5 text-left font-medium">
                Person
              </th>
              {["Closed", "Created", "Comments", "Logged"].map((name) => (
                <th key={name} scope="col" className="py-1.5 pl-3 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {contributors.map(({ person: id, closed, created, comments, hours }) => {
              const person = people.get(id) ?? unknown(id);
              return (
                <tr key={id} className="border-line border-b last:border-0">
                  <th scope="row" className="py-1.5 text-left font-normal">
                    <span className="flex items-center gap-2">
                      <Avatar person={person} />
                      <span className="truncate">{person.name}</span>
                    </span>
                  </th>
                  <td className="text-right tabular-nums">{closed}</td>
                  <td className="text-right tabular-nums">{created}</td>
                  <td className="text-right tabular-nums">{comments}</td>
                  <td className="text-right tabular-nums">{hoursWords(hours)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** A page of figures that is on its way. */
export function FiguresSkeleton() {
  return (
    <div role="status" aria-label="Loading the figures">
      <div className="mb-4 grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="h-22 w-full" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-72 w-full" />
        ))}
      </div>
    </div>
  );
}
