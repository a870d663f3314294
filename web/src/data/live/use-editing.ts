import { useEffect, useRef, useState, type FocusEvent } from "react";
import type { LockedField } from "@/lib/api/types";
import { useEditor, type Editor } from "./edit-store";
import { holdField } from "./own-edits";

/**
 * Keeps a field of a task for the person while they write at it, so that nobody writes over it. Gives whoever
 * else has it; `onRefused` gets to close what was opened when they turn out to have been first.
 */
export function useEditing(
  task: string,
  field: LockedField,
  writing: boolean,
  onRefused?: () => void,
): Editor | null {
  const editor = useEditor(task, field);
  const taken = editor !== null;
  const refused = useRef(onRefused);
  useEffect(() => {
    refused.current = onRefused;
  });
  useEffect(() => {
    if (!writing || taken) return;
    return holdField(task, field, () => refused.current?.());
  }, [task, field, writing, taken]);
  return editor;
}

/** Whether the focus is in a part of the page, and what that part has to listen to. */
export function useFocusWithin() {
  const [focused, setFocused] = useState(false);
  return {
    focused,
    onFocus: () => setFocused(true),
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false);
    },
  };
}
