import { useEffect, useRef } from "react";

const taskAt = (target: EventTarget | null) =>
  target instanceof Element
    ? (target.closest<HTMLElement>("[data-card-frame]")?.dataset.cardFrame ??
      target.closest<HTMLElement>("[data-panel-task]")?.dataset.panelTask ??
      null)
    : null;

/** Knows the card that keys act on: the one under the pointer or in focus, whichever came last. */
export function useActiveCard(): () => string | null {
  const active = useRef<string | null>(null);
  useEffect(() => {
    // Not `pointerover`: scrolling under a still pointer must not take the choice from the keyboard.
    const point = (event: PointerEvent) => {
      const task = taskAt(event.target);
      const focused = taskAt(document.activeElement);
      active.current = task ?? focused;
    };
    const focus = (event: FocusEvent) => {
      const task = taskAt(event.target);
      if (task !== null) active.current = task;
    };
    document.addEventListener("pointermove", point, { passive: true });
    document.addEventListener("focusin", focus);
    return () => {
      document.removeEventListener("pointermove", point);
      document.removeEventListener("focusin", focus);
    };
  }, []);
  return () => active.current;
}
