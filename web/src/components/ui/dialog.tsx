import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "@/lib/class-names";
import { IconButton } from "./button";
import { useOpener } from "./use-opener";

/** A question or form over the page; on a phone it comes up from the bottom. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  wide = false,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const giveBack = useOpener(open);
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="bg-overlay fixed inset-0 z-40 animate-[appear_var(--motion)_var(--ease)]" />
        <Primitive.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onCloseAutoFocus={giveBack}
          className={classNames(
            "bg-raised border-line shadow-lifted fixed z-50 flex flex-col overflow-hidden border outline-none",
            "top-[12vh] left-1/2 max-h-[76vh] w-[calc(100vw-32px)] -translate-x-1/2 animate-[pop_var(--motion)_var(--ease)] rounded-[12px]",
            "max-sm:top-auto max-sm:bottom-0 max-sm:left-0 max-sm:max-h-[92dvh] max-sm:w-full max-sm:translate-x-0 max-sm:animate-[slide-in-up_var(--motion)_var(--ease)] max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)]",
            wide ? "max-w-[680px]" : "max-w-[440px]",
          )}
        >
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-1">
            <div>
              <Primitive.Title className="text-[15px] leading-6 font-semibold">{title}</Primitive.Title>
              {description && (
                <Primitive.Description className="text-quiet mt-0.5">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <IconButton label="Close" className="-mr-2">
                <X size={16} aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex justify-end gap-2">{children}</div>;
}
