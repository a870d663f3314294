const scrollers = new Map<string, (task: string) => void>();

/** Lets a column bring its own cards into view; gives what ends that. */
export function registerScroller(column: string, scroll: (task: string) => void): () => void {
  scrollers.set(column, scroll);
  return () => {
    scrollers.delete(column);
  };
}

/** Frames that a card may take to be drawn after its column has scrolled to it. */
const FRAMES = 6;

/** The link that a card is, where it is drawn. */
export function cardElement(task: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-card="${CSS.escape(task)}"]`);
}

/** Brings a card into view and gives it the focus. */
export function focusCard(task: string, column: string): void {
  const attempt = (left: number) => {
    const element = cardElement(task);
    if (element) {
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    }
    if (left === FRAMES) scrollers.get(column)?.(task);
    if (left > 0) requestAnimationFrame(() => attempt(left - 1));
  };
  attempt(FRAMES);
}
