import { useEffect, type RefObject } from "react";
import { say } from "@/data/live/line";
import { createThrottle, EVERY_MS, placeOf } from "./pointing";

/** Shows the others on a board where this person points, or which card they have come to with the keyboard. */
export function usePointing(scroller: RefObject<HTMLElement | null>, board: string, shows: boolean): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || !shows) return;
    const throttle = createThrottle<NonNullable<ReturnType<typeof placeOf>>>(
      (place) => say({ action: "cursor", board_id: board, ...place }),
      EVERY_MS,
    );
    const tell = (at: { x: number; y: number }, target: EventTarget | null) => {
      const place = placeOf(element, at, target);
      if (place) throttle.take(place);
    };
    const move = (event: PointerEvent) => tell({ x: event.clientX, y: event.clientY }, event.target);
    const focus = (event: FocusEvent) => {
      const card = event.target instanceof Element ? event.target.closest("[data-card]") : null;
      if (!card?.matches(":focus-visible")) return;
      const { left, top, height } = card.getBoundingClientRect();
      tell({ x: left + 16, y: top + height / 2 }, card);
    };
    element.addEventListener("pointermove", move, { passive: true });
    element.addEventListener("focusin", focus);
    return () => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("focusin", focus);
      throttle.stop();
    };
  }, [scroller, board, shows]);
}
