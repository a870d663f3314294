import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem, SelectField, TextField } from "@/components/ui/field";
import { explain } from "@/lib/api/problem";
import type { Choices, FoundChoice, ImportFound } from "@/lib/api/types";
import { startImport } from "../api/import-writes";

/** What can be chosen of a column, in the words of the page. */
const options = {
  date_order: { day_first: "Day first", month_first: "Month first", year_first: "Year first" },
  decimal_sign: { point: "Decimal point", comma: "Decimal comma" },
} as const;

/** How it is known what is taken. */
const sources: Record<FoundChoice["source"], string> = {
  chosen: "As you chose",
  column: "As the column shows",
  file: "As the rest of the file shows",
  workspace: "The workspace’s time zone",
  open: "Not known: these values are left out until you choose",
};

const nameOf = ({ column, choice }: FoundChoice) =>
  choice === "time_zone" ? "Time zone of the file" : (column ?? "");

/** What the file leaves open; a change is checked again before anything is made. */
export function ImportChoices({ project, found }: { project: string; found: ImportFound }) {
  const { import: about, choices, archived_left_out: left } = found;
  const [changed, setChanged] = useState<Record<string, string>>({});
  const [archived, setArchived] = useState(about.archived);
  const box = useId();
  const check = useMutation({
    mutationFn: () =>
      startImport(project, about.import_id, {
        dry_run: true,
        choices: chosen(about.choices, choices, changed),
        archived,
      }),
  });
  if (choices.length === 0 && left === 0 && !about.archived) return null;
  const dirty =
    archived !== about.archived ||
    choices.some((one) => (changed[key(one)] ?? one.value ?? "") !== (one.value ?? ""));
  return (
    <div>
      <h3 className="mb-1 font-semibold">How values are read</h3>
      {choices.length > 0 && (
        <div className="border-line rounded-card divide-line divide-y border">
          {choices.map((one) => (
            <div
              key={key(one)}
              className="grid items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[1fr_1fr_200px]"
            >
              <div>
                <p className="truncate font-medium">{nameOf(one)}</p>
                <p className={one.source === "open" ? "text-danger text-meta" : "text-faint text-meta"}>
                  {sources[one.source]}
                </p>
              </div>
              <p className="text-faint text-meta line-clamp-2 break-words">{one.samples.join(" · ")}</p>
              <Choice
                one={one}
                value={changed[key(one)] ?? one.value ?? ""}
                disabled={check.isPending}
                onChange={(value) => setChanged({ ...changed, [key(one)]: value })}
              />
            </div>
          ))}
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        {left > 0 || about.archived ? (
          <label htmlFor={box} className="flex items-center gap-2 touch:min-h-11">
            <input
              id={box}
              type="checkbox"
              className="accent-accent size-4"
              checked={archived}
              disabled={check.isPending}
              onChange={(event) => setArchived(event.target.checked)}
            />
            Take archived cards along, as archived{left > 0 && ` (${left.toLocaleString()})`}
          </label>
        ) : (
          <span />
        )}
        <Button busy={check.isPending} disabled={!dirty} onClick={() => check.mutate()}>
          Read it so
        </Button>
      </div>
      <FormProblem>{check.error && explain(check.error)}</FormProblem>
    </div>
  );
}

const key = ({ column, choice }: FoundChoice) => `${choice} ${column ?? ""}`;

function Choice({
  one,
  value,
  disabled,
  onChange,
}: {
  one: FoundChoice;
  value: string;
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  const label = `How ${nameOf(one)} is read`;
  if (one.choice === "time_zone")
    return (
      <TextField
        label={label}
        hideLabel
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <SelectField
      label={label}
      hideLabel
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">Choose</option>
      {Object.entries(options[one.choice]).map(([option, name]) => (
        <option key={option} value={option}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}

/** What was chosen before, with what was changed since. */
function chosen(before: Choices, found: FoundChoice[], changed: Record<string, string>): Choices {
  const choices: Choices = { ...before, columns: { ...before.columns } };
  for (const one of found) {
    const value = changed[key(one)];
    if (value === undefined) continue;
    if (one.choice === "time_zone") choices.time_zone = value;
    else if (one.column !== null && choices.columns)
      choices.columns[one.column] = { ...choices.columns[one.column], [one.choice]: value || null };
  }
  return choices;
}
