import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormProblem, SelectField } from "@/components/ui/field";
import { fieldsQuery } from "@/data/projects/fields";
import { explain } from "@/lib/api/problem";
import type { ImportFound } from "@/lib/api/types";
import { startImport, type Mapping } from "../api/import-writes";
import { targetNames } from "../formats";

/** Says what each column of the table holds; a change is checked again before anything is made. */
export function ColumnMapping({ project, found }: { project: string; found: ImportFound }) {
  const { import: about, columns } = found;
  const { data: own } = useQuery(fieldsQuery(project));
  const [changed, setChanged] = useState<Mapping>({});
  const [makeColumns, setMakeColumns] = useState(about.make_columns);
  const box = useId();
  const check = useMutation({
    mutationFn: () =>
      startImport(project, about.import_id, {
        dry_run: true,
        mapping: { ...Object.fromEntries(columns.map(({ name, target }) => [name, target])), ...changed },
        make_columns: makeColumns,
      }),
  });
  const dirty =
    makeColumns !== about.make_columns ||
    columns.some(({ name, target }) => (changed[name] ?? target) !== target);
  return (
    <div>
      <h3 className="mb-1 font-semibold">File columns</h3>
      <p className="text-quiet mb-3">Choose a field for each column. Other columns are skipped.</p>
      <div className="border-line rounded-card divide-line divide-y border">
        {columns.map(({ name, target, samples }, index) => (
          <div
            key={`${name} ${index}`}
            className="grid items-center gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[1fr_1fr_200px]"
          >
            <p className="truncate font-medium" title={name}>
              {name || "No name"}
            </p>
            <p className="text-faint text-meta line-clamp-2 break-words">{samples.join(" · ") || "Empty"}</p>
            <SelectField
              label={`Field for ${name || "this column"}`}
              hideLabel
              value={changed[name] ?? target}
              disabled={check.isPending}
              onChange={(event) => setChanged({ ...changed, [name]: event.target.value })}
            >
              <option value="ignored">Skip</option>
              {Object.entries(targetNames).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
              {own?.fields.map((field) => (
                <option key={field.id} value={field.id}>
                  {field.name}
                </option>
              ))}
            </SelectField>
          </div>
        ))}
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <label htmlFor={box} className="flex items-center gap-2 touch:min-h-11">
          <input
            id={box}
            type="checkbox"
            className="accent-accent size-4"
            checked={makeColumns}
            disabled={check.isPending}
            onChange={(event) => setMakeColumns(event.target.checked)}
          />
          Create missing columns on the board
        </label>
        <Button busy={check.isPending} disabled={!dirty} onClick={() => check.mutate()}>
          Check again
        </Button>
      </div>
      <FormProblem>{check.error && explain(check.error)}</FormProblem>
    </div>
  );
}
