import { ChevronDown } from "lucide-react";
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from "react";
import { classNames } from "@/lib/class-names";

/** How every box that takes text looks. */
export const boxClass =
  "w-full rounded-small border border-field-line bg-surface px-2.5 transition-[border-color] hover:border-line-strong focus-visible:border-accent-line focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-danger [&[readonly]]:border-line [&[readonly]]:bg-transparent";

interface FieldProps {
  label: string;
  error?: string | undefined;
  hint?: ReactNode;
  hideLabel?: boolean;
}

function Frame({
  id,
  label,
  error,
  hint,
  hideLabel,
  className,
  children,
}: FieldProps & { id: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-quiet font-medium"}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-danger text-meta">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="text-faint text-meta">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Ties a box to its label, hint and error. */
function useFramed<Rest extends object>(props: FieldProps & { className?: string | undefined } & Rest) {
  const { label, error, hint, hideLabel = false, className, ...rest } = props;
  const id = useId();
  return {
    frame: { id, label, error, hint, hideLabel, className },
    box: {
      id,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": error ? `${id}-error` : hint ? `${id}-hint` : undefined,
      ...rest,
    },
  };
}

/** A line of text with its label, hint and error. */
export function TextField(
  props: FieldProps & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> },
) {
  const { frame, box } = useFramed(props);
  return (
    <Frame {...frame}>
      <input {...box} className={classNames(boxClass, "h-9 text-reading touch:h-11 max-sm:text-[16px]")} />
    </Frame>
  );
}

/** Several lines of text with their label, hint and error. */
export function TextArea(
  props: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> },
) {
  const { frame, box } = useFramed(props);
  return (
    <Frame {...frame}>
      <textarea {...box} className={classNames(boxClass, "py-2 text-reading max-sm:text-[16px]")} />
    </Frame>
  );
}

/** A choice of one among few. */
export function SelectField({ children, ...props }: FieldProps & SelectHTMLAttributes<HTMLSelectElement>) {
  const { frame, box } = useFramed(props);
  return (
    <Frame {...frame}>
      <span className="relative flex">
        <select
          {...box}
          className={classNames(
            boxClass,
            "h-9 appearance-none truncate pr-7 text-reading touch:h-11 max-sm:text-[16px]",
          )}
        >
          {children}
        </select>
        <ChevronDown
          size={14}
          aria-hidden
          className="text-faint pointer-events-none absolute top-1/2 right-2 -translate-y-1/2"
        />
      </span>
    </Frame>
  );
}

/** What failed, above a form that still holds everything that was typed. */
export function FormProblem({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p role="alert" className="bg-danger-soft text-danger rounded-small px-3 py-2">
      {children}
    </p>
  );
}
