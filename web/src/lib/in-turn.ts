const running = new Map<string, Promise<unknown>>();

/** Runs the writes to one thing in the order they were asked for, so that each starts from its forerunner. */
export function inTurn<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const before = running.get(what) ?? Promise.resolve();
  const mine = before.then(work, work);
  running.set(what, mine);
  const forget = () => {
    if (running.get(what) === mine) running.delete(what);
  };
  mine.then(forget, forget);
  return mine;
}
