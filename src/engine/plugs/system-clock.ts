import { setTimeout as delay } from "node:timers/promises";
import type { PlugClock } from "./plug-core.ts";

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
