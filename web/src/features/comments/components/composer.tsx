import { lazy, Suspense, useId, useRef, useState, type KeyboardEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { boxClass } from "@/components/ui/field";
import { floatingClass } from "@/components/ui/menu";
import { Skeleton } from "@/components/ui/states";
import { useBoardView } from "@/data/boards/board-context";
import { classNames } from "@/lib/class-names";
import type { Person } from "@/lib/api/types";
import { useDraft } from "../drafts";
import { mentionAt, toStored, typedMention, whoMatches } from "../mention-text";

const Markdown = lazy(() => import("@/components/ui/markdown"));

/** More would cover what one writes about. */
const MOST_OFFERED = 6;

/** A box for a comment, with people to choose after an `@`, and a preview. */
export function Composer({
  label,
  placeholder,
  draftKey,
  initial,
  sendLabel = "Post",
  autoFocus = false,
  onSend,
  onCancel,
}: {
  label: string;
  placeholder: string;
  /** Where the draft is kept while it is typed. */
  draftKey: string;
  /** What the box holds where there is no draft. */
  initial?: string;
  sendLabel?: string;
  autoFocus?: boolean;
  /** Sends it; where that fails, what was typed stays. */
  onSend: (typed: string) => Promise<void>;
  onCancel?: () => void;
}) {
  const { people } = useBoardView();
  const [draft, keep] = useDraft(draftKey);
  const [touched, setTouched] = useState(draft !== "");
  const [preview, setPreview] = useState(false);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(-1);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();

  const text = touched ? draft : (initial ?? "");
  const mention = mentionAt(text, caret);
  const offered =
    mention && mention.start !== dismissed ? whoMatches(people, mention.typed).slice(0, MOST_OFFERED) : [];
  const at = Math.min(chosen, offered.length - 1);

  const type = (next: string, position: number) => {
    setTouched(true);
    setCaret(position);
    setChosen(0);
    keep(next);
  };
  const complete = (person: Person) => {
    if (!mention) return;
    const before = text.slice(0, mention.start) + typedMention(person, people) + " ";
    const after = text.slice(caret).replace(/^ /, "");
    type(before + after, before.length);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(before.length, before.length);
    });
  };
  const close = () => {
    keep("");
    setTouched(false);
    onCancel?.();
  };
  const send = () => {
    const typed = text.trim();
    if (!typed) return;
    // The box is free for the next words at once; a refusal puts these back.
    keep("");
    setPreview(false);
    setTouched(true);
    onSend(typed).catch(() => {
      const since = box.current?.value ?? "";
      keep(since ? `${typed}\n\n${since}` : typed);
    });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const person = offered[at];
    if (person) {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step) setChosen((at + step + offered.length) % offered.length);
      else if (event.key === "Enter" || event.key === "Tab") complete(person);
      else if (event.key === "Escape") setDismissed(mention?.start ?? -1);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape" && (onCancel || text)) {
      event.stopPropagation();
      if (onCancel && (!text || text === initial)) close();
      else box.current?.blur();
    }
  };

  return (
    <div className="relative">
      {preview ? (
        <div className="border-line min-h-20 rounded-small border px-3 py-2">
          <Suspense fallback={<Skeleton className="h-4 w-3/4" />}>
            <Markdown text={toStored(text, people)} />
          </Suspense>
        </div>
      ) : (
        <textarea
          ref={box}
          rows={1}
          autoFocus={autoFocus}
          aria-label={label}
          placeholder={placeholder}
          value={text}
          maxLength={10_000}
          aria-autocomplete="list"
          aria-controls={list}
          aria-activedescendant={offered.length > 0 ? `${list}-${at}` : undefined}
          onChange={(event) => type(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={press}
          onBlur={() => setDismissed(mention?.start ?? -1)}
          onFocus={() => setDismissed(-1)}
          className={classNames(
            boxClass,
            "text-reading field-sizing-content max-h-[40vh] resize-none py-2 max-sm:text-[16px]",
            text ? "min-h-20" : "min-h-10",
          )}
        />
      )}
      <ul
        id={list}
        role="listbox"
        aria-label="People to mention"
        hidden={offered.length === 0 || preview}
        className={classNames(floatingClass, "absolute bottom-full left-0 mb-1 w-64")}
      >
        {offered.map((person, index) => (
          // The keys are heard by the box, which keeps the focus.
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events
          <li
            key={person.id}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => complete(person)}
            className={classNames(
              "flex h-8 cursor-pointer items-center gap-2 rounded-small px-2 touch:h-11",
              index === at && "bg-hover",
            )}
          >
            <Avatar person={person} />
            <span className="truncate">{person.name}</span>
          </li>
        ))}
      </ul>
      {(text || onCancel) && (
        <div className="mt-2 flex items-center gap-2">
          <Button look="primary" disabled={!text.trim() || text === initial} onClick={send}>
            {sendLabel}
          </Button>
          {onCancel && (
            <Button look="quiet" onClick={close}>
              Cancel
            </Button>
          )}
          <Button look="quiet" aria-pressed={preview} disabled={!text} onClick={() => setPreview(!preview)}>
            {preview ? "Write" : "Preview"}
          </Button>
          <span className="text-faint text-meta ml-auto max-sm:hidden">
            Ctrl+Enter to {sendLabel.toLowerCase()}
          </span>
        </div>
      )}
    </div>
  );
}
