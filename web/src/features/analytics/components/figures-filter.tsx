import { SelectField, TextField } from "@/components/ui/field";
import type { Label, Person, Project, Team } from "@/lib/api/types";
import { spans, wrongDays, type ChoiceName, type FiguresChoice } from "../filter";

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
  return (
    <div role="search" aria-label="Figures" className="mb-4 flex flex-wrap items-start gap-2">
      {projects && (
        <SelectField
          label="Project"
          hideLabel
          className="w-44"
          value={choice.project}
          onChange={(event) => onChoose("project", event.target.value)}
        >
          <option value="">All projects</option>
          {projects.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {people.length > 0 && (
        <SelectField
          label="Whose work"
          hideLabel
          className="w-44"
          value={choice.who}
          onChange={(event) => onChoose("who", event.target.value)}
        >
          <option value="">Everybody</option>
          {teams.length > 0 && (
            <optgroup label="Teams">
              {teams.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label="People">
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        </SelectField>
      )}
      <SelectField
        label="Label"
        hideLabel
        className="w-40"
        disabled={anyProject}
        title={anyProject ? "Choose a project first: labels belong to one" : undefined}
        value={choice.label}
        onChange={(event) => onChoose("label", event.target.value)}
      >
        <option value="">Any label</option>
        {labels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Days"
        hideLabel
        className="w-36"
        value={choice.span}
        onChange={(event) => onChoose("span", event.target.value)}
      >
        {spans.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {choice.span === "own" && (
        <>
          <TextField
            label="First day"
            hideLabel
            type="date"
            className="w-38"
            value={choice.from}
            onChange={(event) => onChoose("from", event.target.value)}
          />
          <TextField
            label="Last day"
            hideLabel
            type="date"
            className="w-38"
            value={choice.to}
            error={wrong}
            onChange={(event) => onChoose("to", event.target.value)}
          />
        </>
      )}
    </div>
  );
}
