import { setImmediate as nextTurn } from "node:timers/promises";

/** So long the event loop is kept for ourselves. */
const TURN_MS = 5;

/** Let others have their turn, if ours was long enough. */
export type Rest = () => Promise<void>;

const KEY = Symbol.for("khotan.takeTurns");
const holder: typeof globalThis & { [KEY]?: Promise<void> } = globalThis;

/**
 * Long work in turns of the event loop: what comes in, timers and leases are looked after between any two of them. One work at a
 * time in a process, in the order in which they came: several side by side would each take a slice of every turn.
 *
 * @param work calls `rest` every few milliseconds; it must wait for nothing else.
 * @example const found = await takeTurns(async (rest) => { for (const part of parts) { look(part); await rest(); } });
 */
export function takeTurns<T>(work: (rest: Rest) => T | Promise<T>): Promise<T> {
  const mine = (holder[KEY] ?? Promise.resolve()).then(async () => {
    // What follows the work before this one is done in that one's turn.
    await nextTurn();
    let since = performance.now();
    return await work(async () => {
      if (performance.now() - since < TURN_MS) return;
      // Not a microtask: those are all done before anything else is.
      await nextTurn();
      since = performance.now();
    });
  });
  const done = () => undefined;
  holder[KEY] = mine.then(done, done);
  return mine;
}
