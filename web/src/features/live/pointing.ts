/** On a board with more people than this nobody points: it would be a swarm. */
export const MOST_POINTING = 20;
/** Five frames a second. */
export const EVERY_MS = 200;

const KEY = /^[A-Z][A-Z0-9]*-\d+$/;

/** The part of the page that a board's columns take, as everybody sees it whatever their window is. */
export function columnsBox(board: HTMLElement): DOMRect | null {
  const columns = board.querySelectorAll("[data-column]");
  const first = columns[0]?.getBoundingClientRect();
  const last = columns[columns.length - 1]?.getBoundingClientRect();
  if (!first || !last) return null;
  const box = new DOMRect(first.left, first.top, last.right - first.left, first.height);
  return box.width > 0 && box.height > 0 ? box : null;
}

/** A place along an edge, from 0 to 1, as exact as a pixel of a wide board. */
const share = (at: number, from: number, length: number) =>
  Math.round(Math.min(1, Math.max(0, (at - from) / length)) * 10_000) / 10_000;

/** What is said of a place on the page: where it is on the board, and the card there. */
export function placeOf(board: HTMLElement, at: { x: number; y: number }, target: EventTarget | null) {
  const box = columnsBox(board);
  if (!box) return null;
  const frame = target instanceof Element ? target.closest<HTMLElement>("[data-card-frame]") : null;
  const task = frame?.dataset.cardFrame ?? "";
  return {
    x: share(at.x, box.left, box.width),
    y: share(at.y, box.top, box.height),
    // A card that is not saved yet has no key that anybody else knows.
    task: KEY.test(task) ? task : null,
  };
}

/** Does something with the newest of what comes in, at most once in each span of time. */
export function createThrottle<Item>(work: (item: Item) => void, every: number) {
  let waiting: { item: Item } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (item: Item) => {
    work(item);
    timer = setTimeout(() => {
      timer = undefined;
      const next = waiting;
      waiting = null;
      if (next) run(next.item);
    }, every);
  };
  return {
    take(item: Item) {
      if (timer === undefined) run(item);
      else waiting = { item };
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
    },
  };
}
