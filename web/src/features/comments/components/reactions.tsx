import { SmilePlus } from "lucide-react";
import { Popover } from "radix-ui";
import { useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/button";
import { floatingClass } from "@/components/ui/menu";
import { useOpenBoard } from "@/data/boards/board-context";
import { classNames } from "@/lib/class-names";
import type { Comment } from "@/lib/api/types";
import { react } from "../api/comment-writes";
import { EMOJI_A_ROW, findEmoji } from "../emoji";

/** Who reacted to a comment with what; one's own are pressed. */
export function Reactions({ comment, me, reacts }: { comment: Comment; me: string; reacts: boolean }) {
  const { people } = useOpenBoard();
  if (comment.reactions.length === 0) return null;
  return (
    <ul aria-label="Reactions" className="mt-1.5 flex flex-wrap gap-1">
      {comment.reactions.map(({ emoji, people: who }) => {
        const own = who.includes(me);
        const names = who.map((id) => (id === me ? "you" : (people.get(id)?.name ?? "a former member")));
        return (
          <li key={emoji}>
            <button
              type="button"
              disabled={!reacts}
              aria-pressed={own}
              aria-label={`${emoji} ${who.length}, by ${names.join(", ")}`}
              title={names.join(", ")}
              onClick={() => void react(comment.task, comment, emoji, me, !own)}
              className={classNames(
                "flex h-6 items-center gap-1 rounded-full border px-2 transition-colors touch:h-11 touch:px-3",
                own
                  ? "border-accent-line bg-accent-soft text-accent-ink font-medium"
                  : "border-line hover:bg-hover",
              )}
            >
              <span aria-hidden>{emoji}</span>
              <span aria-hidden className="text-meta tabular-nums">
                {who.length}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Chooses an emoji to react with: by the pointer, the arrows, or a word. */
export function EmojiPicker({ comment, me }: { comment: Comment; me: string }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const found = findEmoji(typed);

  const choose = (emoji: string) => {
    setOpen(false);
    setTyped("");
    const own = comment.reactions.some(
      (reaction) => reaction.emoji === emoji && reaction.people.includes(me),
    );
    void react(comment.task, comment, emoji, me, !own);
  };
  const step = (event: KeyboardEvent) => {
    const buttons = [...(grid.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: at < 0 ? 1 : EMOJI_A_ROW,
      ArrowUp: -EMOJI_A_ROW,
    };
    const by = steps[event.key];
    if (by === undefined || (at < 0 && event.key !== "ArrowDown")) return;
    event.preventDefault();
    const next = buttons[at + by];
    if (next) next.focus();
    else if (event.key === "ArrowUp") event.currentTarget.querySelector("input")?.focus();
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <IconButton label="React">
          <SmilePlus size={14} aria-hidden />
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="React with"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onKeyDown={step}
          className={classNames(floatingClass, "w-72")}
        >
          <input
            aria-label="Find an emoji"
            placeholder="Find an emoji, or paste one"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              const first = found[0];
              if (event.key === "Enter" && first) choose(first.emoji);
            }}
            className="border-line mb-1 h-9 w-full border-b bg-transparent px-2 outline-none max-sm:text-[16px] touch:h-11"
          />
          {found.length === 0 ? (
            <p className="text-quiet px-2 py-3">No matching emoji. Paste one instead.</p>
          ) : (
            <div ref={grid} className="grid grid-cols-8">
              {found.map(({ emoji, words }, index) => (
                <button
                  key={emoji}
                  type="button"
                  tabIndex={index === 0 ? 0 : -1}
                  aria-label={`${emoji} ${words}`}
                  onClick={() => choose(emoji)}
                  className="hover:bg-hover grid h-8 place-items-center rounded-small text-[18px] touch:h-11"
                >
                  {emoji}
                </button>
              ))}
            </div>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
