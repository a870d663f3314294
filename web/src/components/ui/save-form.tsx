import { useMutation } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { fieldErrors, formError, ProblemError } from "@/lib/api/problem";
import { Button } from "./button";
import { FormProblem } from "./field";

interface SaveFormProps<Field extends string> {
  /** The fields that are shown, by their names in the request: what is wrong with another stands above them. */
  fields: readonly Field[];
  editable?: boolean;
  /** Whether there is anything to save. */
  changed: boolean;
  save: () => Promise<unknown>;
  /** Reads anew what someone else saved in the meantime; what was typed stays, and the next save starts from there. */
  reread?: () => void;
  /** The fields themselves, with what is wrong with each. */
  children: (errors: Partial<Record<Field, string>>) => ReactNode;
}

/** A form on a page of settings, which is saved as a whole. */
export function SaveForm<Field extends string>({
  fields,
  editable = true,
  changed,
  save,
  reread,
  children,
}: SaveFormProps<Field>) {
  const saving = useMutation({
    mutationFn: save,
    onError: (error) => {
      if (error instanceof ProblemError && error.status === 412) reread?.();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={send} noValidate className="flex max-w-[480px] flex-col gap-4">
      <FormProblem>{formError(saving.error, fields)}</FormProblem>
      {children(fieldErrors(saving.error) as Partial<Record<Field, string>>)}
      {editable && (
        <div>
          <Button type="submit" look="primary" disabled={!changed} busy={saving.isPending}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
