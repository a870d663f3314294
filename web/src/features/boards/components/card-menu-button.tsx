import {
  Archive,
  ArrowRightLeft,
  Calendar,
  CheckSquare,
  Copy,
  Ellipsis,
  Pencil,
  SignalHigh,
  Tag,
  UserRound,
} from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { problemToast, toast } from "@/components/ui/toast-store";
import { paths } from "@/lib/paths";
import type { Card } from "@/lib/api/types";
import { useCardSelection, useOpenBoard, type CardMenuKind } from "@/data/boards/board-context";

/** Everything that can be done with a card, for whoever would rather click than press keys. */
export function CardMenuButton({ card }: { card: Card }) {
  const { board, project, openMenu, archive } = useOpenBoard();
  const selection = useCardSelection();
  const [used, setUsed] = useState(false);
  const trigger = (
    <IconButton
      label={`Actions for ${card.key}`}
      onPointerEnter={() => setUsed(true)}
      onFocus={() => setUsed(true)}
      className="bg-surface absolute top-1.5 right-1.5 size-6 opacity-0 group-focus-within/card:opacity-100 group-hover/card:opacity-100 data-[state=open]:opacity-100 touch:-top-1 touch:-right-1 touch:bg-transparent touch:opacity-100"
    >
      <Ellipsis size={15} aria-hidden />
    </IconButton>
  );
  // Thousands of menus that nobody opens would cost more than the cards themselves.
  if (!used) return trigger;
  const item = (kind: CardMenuKind, words: string, keys: string, Icon: typeof Tag) => (
    <MenuItem
      icon={<Icon size={14} aria-hidden />}
      keys={keys}
      // The menu gives the focus back as it closes, which would close what opens from here.
      onSelect={() => setTimeout(() => openMenu(kind, card.key))}
    >
      {words}
    </MenuItem>
  );
  return (
    <Menu trigger={trigger} align="end">
      {item("title", "Edit title", "E", Pencil)}
      {item("move", "Move", "M", ArrowRightLeft)}
      {item("assign", "Assign", "A", UserRound)}
      {item("label", "Label", "L", Tag)}
      {item("priority", "Priority", "P", SignalHigh)}
      {item("due", "Due date", "D", Calendar)}
      <MenuSeparator />
      <MenuItem
        icon={<CheckSquare size={14} aria-hidden />}
        keys="X"
        onSelect={() => selection.toggle(card.key)}
      >
        {selection.has(card.key) ? "Deselect" : "Select"}
      </MenuItem>
      <MenuItem
        icon={<Copy size={14} aria-hidden />}
        onSelect={() => {
          const link = window.location.origin + paths.task(project, board, card.key);
          navigator.clipboard.writeText(link).then(
            () => toast("Link copied"),
            () => problemToast(`The link could not be copied: ${link}`),
          );
        }}
      >
        Copy link
      </MenuItem>
      <MenuItem icon={<Archive size={14} aria-hidden />} onSelect={() => archive(card.key)}>
        Archive
      </MenuItem>
    </Menu>
  );
}
