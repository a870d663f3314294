import { Command } from "cmdk";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

/** One thing that can be chosen. */
export interface Option {
  id: string;
  name: string;
  /** Further words that find it. */
  words?: string[];
  icon?: ReactNode;
  chosen: boolean;
}

/** A list that is searched by typing and chosen from by Enter. */
export function OptionList({
  label,
  placeholder,
  options,
  empty,
  onChoose,
}: {
  label: string;
  placeholder: string;
  options: readonly Option[];
  empty: ReactNode;
  onChoose: (id: string) => void;
}) {
  return (
    <Command label={label} loop className="w-60">
      <Command.Input
        autoFocus
        placeholder={placeholder}
        className="border-line h-9 w-full border-b bg-transparent px-2.5 outline-none max-sm:text-[16px] touch:h-11"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        <Command.Empty className="text-quiet px-2 py-3">{empty}</Command.Empty>
        {options.map(({ id, name, words, icon, chosen }) => (
          <Command.Item
            key={id}
            value={id}
            keywords={[name, ...(words ?? [])]}
            onSelect={() => onChoose(id)}
            className="data-[selected=true]:bg-hover flex h-8 cursor-pointer items-center gap-2 rounded-small px-2 touch:h-11"
          >
            {icon}
            <span className="flex-1 truncate">{name}</span>
            {chosen && <Check size={14} aria-label="selected" className="text-accent-ink" />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
