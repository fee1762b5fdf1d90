import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import { every, type Loop } from "../queue/every.ts";
import { claimFlowRuns } from "./claim-flow-runs.ts";
import { type FlowTools, runFlow } from "./run-flow.ts";

/** Runs the flows whose turn has come, so many at once. */
export interface FlowWorker {
  start(): void;
  /** Something may be due: look now. */
  nudge(): void;
  /** Take what may begin, until nothing may or the time is over, and wait for it. @returns how many were run. */
  drain(deadline: number): Promise<number>;
  /** Take nothing new and wait for what is under way. */
  stop(): Promise<void>;
}

/** NOTIFY tells at once; this is for retries, and for when it was missed. */
const LOOK_MS = 2_000;

/**
 * Flows do not travel on the queue that deliveries use: a sync of an hour must
 * not take the place of a thousand webhooks. A waiting run is its own job, and
 * `claimFlowRuns` says which may begin.
 */
export function createFlowWorker(engine: Engine, tools: FlowTools): FlowWorker {
  const underWay = new Set<Promise<void>>();
  let loop: Loop | null = null;
  const report = (error: unknown) =>
    engine.log.warn({ part: "flows", error: describeError(error) }, "a look at the flows failed; the next one comes");

  async function take(): Promise<number> {
    const limit = engine.settings.flowConcurrency - underWay.size;
    const flows = engine.registry.flows().map(({ id, definition }) => ({ id, concurrency: definition.concurrency }));
    const claimed = await claimFlowRuns(engine.adapter, { processId: engine.processId, limit, flows });
    for (const run of claimed) {
      const running = runFlow(engine, tools, run)
        .catch(report)
        .then(() => {
          underWay.delete(running);
          loop?.nudge();
        });
      underWay.add(running);
    }
    return claimed.length;
  }

  return {
    start() {
      loop ??= every(LOOK_MS, async () => void (await take()), report);
      loop.nudge();
    },
    nudge: () => loop?.nudge(),
    async drain(deadline) {
      let handled = 0;
      while (performance.now() < deadline) {
        const taken = await take();
        handled += taken;
        if (taken === 0 && underWay.size === 0) break;
        await Promise.race(underWay);
      }
      await Promise.all(underWay);
      return handled;
    },
    async stop() {
      await loop?.stop();
      loop = null;
      await Promise.all(underWay);
    },
  };
}
