import type { PlugClock } from "../plug-clock.ts";

export interface FakeClock extends PlugClock {
  /** How long each sleep was, in milliseconds. */
  readonly slept: number[];
  advance(ms: number): void;
}

/** Time that passes at once: a sleep only moves the clock. `random` always gives its upper end, unless told otherwise. */
export function fakeClock(random = 0.999_999): FakeClock {
  let now = 1_700_000_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
    random: () => random,
  };
}
