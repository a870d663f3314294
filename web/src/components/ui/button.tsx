import type { ButtonHTMLAttributes, Ref } from "react";
import { classNames } from "@/lib/class-names";
import { useLate } from "./use-late";

const looks = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  plain: "bg-surface border border-line-strong hover:bg-hover",
  quiet: "text-quiet hover:bg-hover hover:text-text",
  danger: "bg-danger-solid text-white hover:brightness-95",
} as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks;
  size?: "small" | "medium" | "large";
  /** Refuses further clicks, and turns into a spinner where the answer takes long. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with words. */
export function Button({
  look = "plain",
  size = "medium",
  busy = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const late = useLate(busy);
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || busy}
      aria-busy={busy || undefined}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-small font-medium whitespace-nowrap transition-colors select-none disabled:opacity-60",
        size === "small" && "h-7 px-2 touch:h-11 touch:px-3",
        size === "medium" && "h-8 px-3 touch:h-11",
        size === "large" && "h-10 px-4 text-reading touch:h-11",
        looks[look],
        className,
      )}
    >
      {late && (
        <span
          aria-hidden
          className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent"
        />
      )}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who do not see the icon. */
  label: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with an icon alone. */
export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classNames(
        "text-quiet hover:bg-hover hover:text-text data-[state=open]:bg-hover grid size-7 shrink-0 place-items-center rounded-small transition-colors disabled:opacity-50 touch:size-11",
        className,
      )}
    >
      {children}
    </button>
  );
}
