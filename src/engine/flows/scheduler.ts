import { createDoorbell } from "../changes/doorbell.ts";
import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import { fireSchedules, nextDueAt } from "./fire-schedules.ts";

export interface Scheduler {
  /** Schedules changed: look now. */
  nudge(): void;
  stop(): Promise<void>;
}

/** It looks this often anyway: a hint may be lost, and clocks are set. */
const SAFETY_MS = 15_000;
const AFTER_TROUBLE_MS = 2_000;

/** Sleep until a schedule is due, fire it, and so on. Every process that handles does this. */
export function startScheduler(engine: Engine): Scheduler {
  const bell = createDoorbell();
  const abort = new AbortController();

  async function round(): Promise<number> {
    try {
      await fireSchedules(engine);
      const next = await nextDueAt(engine);
      if (next === null) return SAFETY_MS;
      const inMs = next - engine.clock.now();
      // Still due: another process is at it, or it could not fire.
      return inMs <= 0 ? AFTER_TROUBLE_MS : Math.min(inMs, SAFETY_MS);
    } catch (error) {
      engine.log.warn({ part: "schedules", error: describeError(error) }, "the schedules could not be read");
      return AFTER_TROUBLE_MS;
    }
  }

  async function go(): Promise<void> {
    while (!abort.signal.aborted) await bell.wait(await round(), abort.signal);
  }

  const gone = go();
  return {
    nudge: bell.ring,
    async stop() {
      abort.abort();
      await gone;
    },
  };
}
