import { setTimeout as delay } from "node:timers/promises";

/** The outside world as a plug sees it; tests move it by hand. */
export interface PlugClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Rejects with the signal's reason. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** 0 to below 1. */
  random(): number;
}

/** The real clock. */
export const systemClock: PlugClock = {
  now: Date.now,
  async sleep(ms, signal) {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal?.throwIfAborted(); // its own reason, not a generic AbortError
      throw error;
    }
  },
  random: Math.random,
};
