interface Glide {
  from: DOMRect | null;
  color: string;
}

const waiting = new Map<string, Glide>();
const MOTION = 160;
const EASE = "cubic-bezier(0.2, 0.7, 0.3, 1)";
/** Long enough for the rows that make room. */
const SETTLE = 240;

const find = (task: string) => document.querySelector<HTMLElement>(`[data-card-frame="${CSS.escape(task)}"]`);

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

let settling: ReturnType<typeof setTimeout> | undefined;

/** Lets the rows of the columns slide for a moment instead of jumping. */
export function settle(): void {
  const board = document.querySelector<HTMLElement>("[data-board]");
  if (!board) return;
  board.dataset.settling = "";
  clearTimeout(settling);
  settling = setTimeout(() => {
    delete board.dataset.settling;
  }, SETTLE);
}

/** Notes where a card is before somebody else's move is drawn. */
export function beforeGlide(task: string, color: string): void {
  const earlier = waiting.get(task);
  waiting.set(task, { from: earlier?.from ?? find(task)?.getBoundingClientRect() ?? null, color });
}

function glow(card: HTMLElement, color: string) {
  card.style.setProperty("--glow", color);
  card.style.animation = "none";
  // Reading the box makes the browser take the reset for real, so that a second glow starts over.
  void card.offsetWidth;
  card.style.animation = "glow 900ms ease-out 1";
  card.addEventListener(
    "animationend",
    () => {
      card.style.animation = "";
    },
    { once: true },
  );
}

/**
 * Plays the moves that have been drawn. A copy glides over the page, since columns clip what they hold, and
 * the card itself shows when the copy has arrived.
 */
export function playGlides(): void {
  for (const [task, { from, color }] of waiting) {
    const card = find(task);
    if (!card) continue;
    const to = card.getBoundingClientRect();
    const still = !from || (Math.abs(from.left - to.left) < 1 && Math.abs(from.top - to.top) < 1);
    if (still || calm()) {
      glow(card, color);
      continue;
    }
    const copy = card.cloneNode(true) as HTMLElement;
    copy.removeAttribute("data-card-frame");
    for (const inner of copy.querySelectorAll("[data-card]")) inner.removeAttribute("data-card");
    copy.inert = true;
    Object.assign(copy.style, {
      position: "fixed",
      left: `${to.left}px`,
      top: `${to.top}px`,
      width: `${to.width}px`,
      margin: "0",
      zIndex: "30",
      pointerEvents: "none",
      boxShadow: `0 0 0 2px ${color}, var(--shadow-lifted)`,
    });
    document.body.append(copy);
    card.style.visibility = "hidden";
    const done = () => {
      copy.remove();
      card.style.visibility = "";
      glow(card, color);
    };
    const flight = copy.animate(
      [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }],
      { duration: MOTION, easing: EASE },
    );
    flight.onfinish = done;
    flight.oncancel = done;
  }
  waiting.clear();
}
