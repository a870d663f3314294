import type { ChangeEvent } from "react";
import { SelectField, TextField } from "@/components/ui/field";
import type { Label, Person, Project, Team } from "@/lib/api/types";
import { spans, wrongDays, type ChoiceName, type FiguresChoice } from "../filter";

function Options({ of: offered }: { of: readonly { id: string; name: string }[] }) {
  return offered.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}

/** What figures are narrowed down to. Without `projects` they are of one project. */
export function FiguresFilterBar({
  choice,
  onChoose,
  projects,
  people,
  teams,
  labels,
}: {
  choice: FiguresChoice;
  onChoose: (name: ChoiceName, value: string) => void;
  projects?: readonly Pick<Project, "key" | "name">[];
  /** None for guests, who see nobody else's work. */
  people: readonly Pick<Person, "id" | "name">[];
  teams: readonly Pick<Team, "id" | "name">[];
  labels: readonly Pick<Label, "id" | "name">[];
}) {
  const anyProject = projects !== undefined && !choice.project;
  const wrong = wrongDays(choice);
  const chosen = (name: ChoiceName) => ({
    hideLabel: true,
    value: choice[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onChoose(name, event.target.value),
  });
  return (
    <div role="search" aria-label="Figures" className="mb-4 flex flex-wrap items-start gap-2">
      {projects && (
        <SelectField label="Project" {...chosen("project")} className="w-44">
          <option value="">All projects</option>
          {projects.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {people.length > 0 && (
        <SelectField label="Person or team" {...chosen("who")} className="w-44">
          <option value="">Everybody</option>
          {teams.length > 0 && (
            <optgroup label="Teams">
              <Options of={teams} />
            </optgroup>
          )}
          <optgroup label="People">
            <Options of={people} />
          </optgroup>
        </SelectField>
      )}
      <SelectField
        label="Label"
        {...chosen("label")}
        className="w-40"
        disabled={anyProject}
        title={anyProject ? "Choose a project first: labels belong to one" : undefined}
      >
        <option value="">Any label</option>
        <Options of={labels} />
      </SelectField>
      <SelectField label="Period" {...chosen("span")} className="w-36">
        <Options of={spans} />
      </SelectField>
      {choice.span === "own" && (
        <>
          <TextField label="First day" {...chosen("from")} type="date" className="w-38" />
          <TextField label="Last day" {...chosen("to")} type="date" className="w-38" error={wrong} />
        </>
      )}
    </div>
  );
}
