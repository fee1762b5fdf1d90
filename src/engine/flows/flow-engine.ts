import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import { every } from "../queue/every.ts";
import { RENEW_MS, renewLive, sweep } from "../queue/keep-house.ts";
import { fireSchedules } from "./fire-schedules.ts";
import { createFlowWorker } from "./flow-worker.ts";
import type { FlowTools } from "./run-flow.ts";
import { type Scheduler, startScheduler } from "./scheduler.ts";

/** The living side of flows: firing schedules and running what is due. */
export interface FlowEngine {
  start(): void;
  /** Runs may be due, or schedules changed. */
  nudge(): void;
  /** For hosts that freeze a process between requests: fire what is due and run it, within a time. */
  cron(budgetMs: number): Promise<{ fired: number; flows: number }>;
  /** Fire and take nothing new, and wait for what is under way. */
  stop(): Promise<void>;
}

/** Compose the parts; nothing is decided here. */
export function createFlowEngine(engine: Engine, tools: FlowTools): FlowEngine {
  const worker = createFlowWorker(engine, tools);
  let scheduler: Scheduler | null = null;

  async function drain(budgetMs: number): Promise<number> {
    const leases = every(
      RENEW_MS,
      () => renewLive(engine, tools.live),
      (error) => engine.log.warn({ error: describeError(error) }, "leases could not be renewed"),
    );
    const late = setTimeout(() => {
      // Given back: the next call goes on from their cursors.
      for (const run of tools.live.all()) if (run.deliveryId === null) run.stop("shutdown");
    }, budgetMs);
    try {
      return await worker.drain(performance.now() + budgetMs);
    } finally {
      clearTimeout(late);
      await leases.stop();
    }
  }

  return {
    start() {
      scheduler ??= startScheduler(engine);
      worker.start();
    },
    nudge() {
      scheduler?.nudge();
      worker.nudge();
    },
    async cron(budgetMs) {
      await sweep(engine);
      const fired = await fireSchedules(engine);
      // A process that works all the time has been told by now.
      return { fired, flows: scheduler === null ? await drain(budgetMs) : 0 };
    },
    async stop() {
      await scheduler?.stop();
      scheduler = null;
      await worker.stop();
    },
  };
}
