/** How many deliveries to take beyond those that can run at once. */
export interface LookAhead {
  /** A handler took so long. */
  took(ms: number): void;
  /** What was taken ahead did not get its turn: nothing more, until handlers are seen to be quick again. */
  stuck(): void;
  more(): number;
}

/** What will probably run within this time may be taken already. */
const HORIZON_MS = 25;
const MOST = 90;
/** Weight of the newest; the average of the last twenty or so. */
const WEIGHT = 0.05;

/**
 * Quick handlers would wait for the next statement that takes some; slow ones would keep from other processes what they
 * cannot begin. So the more are taken ahead, the quicker handlers were lately.
 *
 * @example const ahead = lookAhead(10); ahead.took(1); ahead.more();
 */
export function lookAhead(concurrency: number): LookAhead {
  // Before anything is known nothing is taken ahead: whatever waits in a process can no more be overtaken by what is urgent.
  const slowMs = 2 * HORIZON_MS * concurrency;
  let averageMs = slowMs;
  return {
    took(ms) {
      averageMs += (ms - averageMs) * (ms > averageMs ? WEIGHT * 4 : WEIGHT);
    },
    stuck() {
      averageMs = Math.max(averageMs, slowMs);
    },
    more: () => Math.min(MOST, Math.floor((concurrency * HORIZON_MS) / Math.max(averageMs, 0.1))),
  };
}
