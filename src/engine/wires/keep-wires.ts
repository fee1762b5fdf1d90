import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import type { Receiver } from "../events/receive-webhook.ts";
import { every } from "../queue/every.ts";
import { ALIVE_MS, noteAlive } from "./gaps/note-downtime.ts";
import { repairGap } from "./gaps/repair-gap.ts";
import { renewDueWires } from "./renew-due-wires.ts";

const REPAIR_MS = 5_000;
const RENEW_MS = 30_000;

export interface WireKeeping {
  /** Look for gaps to repair now. */
  nudge(): void;
  stop(): Promise<void>;
}

/**
 * What wires need in the background: gaps noted and repaired, subscriptions
 * renewed before they end. Every process does it; each thing is done once.
 */
export function keepWires(engine: Engine, receiver: Pick<Receiver, "insert">): WireKeeping {
  const stopped = new AbortController();
  const report = (part: string) => (error: unknown) =>
    engine.log.warn({ part, error: describeError(error) }, "a background round failed; the next one comes");
  const repairs = every(
    REPAIR_MS,
    async () => {
      while (!stopped.signal.aborted && (await repairGap(engine, receiver, stopped.signal)));
    },
    report("gaps"),
  );
  let starting = true;
  const alive = every(
    ALIVE_MS,
    async () => {
      const opened = await noteAlive(engine, starting);
      starting = false;
      if (opened > 0) repairs.nudge();
    },
    report("alive"),
  );
  const renewals = every(RENEW_MS, () => renewDueWires(engine), report("renewals"));
  // Who only works off deliveries receives nothing, so its presence says nothing.
  if (engine.settings.role !== "worker") alive.nudge();
  else void alive.stop();
  renewals.nudge();
  return {
    nudge: () => repairs.nudge(),
    async stop() {
      stopped.abort();
      await Promise.all([alive.stop(), repairs.stop(), renewals.stop()]);
    },
  };
}
