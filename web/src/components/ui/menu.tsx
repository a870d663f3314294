import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "@/lib/class-names";

/** How everything that floats over the page looks. */
export const floatingClass =
  "bg-raised border-line shadow-raised z-50 rounded-card border p-1 outline-none animate-[pop_120ms_var(--ease)]";

const itemClass =
  "flex h-8 w-full items-center gap-2 rounded-small px-2 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 touch:h-11";

/** A menu that opens from a button. */
export function Menu({
  trigger,
  children,
  align = "start",
  className,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  className?: string;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(
            floatingClass,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto",
            className,
          )}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** One line of a menu. */
export function MenuItem({
  icon,
  keys,
  danger = false,
  checked,
  disabled = false,
  onSelect,
  children,
}: {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  checked?: boolean;
  disabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className={classNames(itemClass, danger && "text-danger")}
    >
      {icon && <span className={danger ? "" : "text-faint"}>{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {checked && <Check size={14} aria-label="selected" className="text-accent-ink" />}
      {keys && <kbd className="text-faint text-meta font-sans">{keys}</kbd>}
    </DropdownMenu.Item>
  );
}

/** A line of a menu that opens another one. */
export function SubMenu({ icon, label, children }: { icon?: ReactNode; label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className={classNames(itemClass, "data-[state=open]:bg-hover")}>
        {icon && <span className="text-faint">{icon}</span>}
        <span className="flex-1">{label}</span>
        <ChevronRight size={14} aria-hidden className="text-faint" />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          sideOffset={4}
          collisionPadding={8}
          className={classNames(floatingClass, "min-w-44")}
        >
          {children}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

/** A hairline between groups of lines. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className="bg-line -mx-1 my-1 h-px" />;
}

/** What a group of lines is about. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="text-faint text-meta px-2 py-1.5">{children}</DropdownMenu.Label>;
}
