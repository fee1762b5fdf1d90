import { pruneCaches } from "../caches/prune-caches.ts";
import type { Engine } from "../context.ts";
import { renewLeases } from "../deliveries/renew-leases.ts";
import { describeError } from "../describe-error.ts";
import { renewFlowLeases } from "../flows/renew-flow-leases.ts";
import { takeBackFlowRuns } from "../flows/take-back-flow-runs.ts";
import { pruneJobs } from "../jobs/prune-jobs.ts";
import { requeueForgottenJobs } from "../jobs/queue-job.ts";
import { createPruner } from "../retention/prune.ts";
import { createRoller } from "../rollups/roll-now-and-then.ts";
import type { LiveRuns } from "../runs/live-runs.ts";
import { every, type Loop } from "./every.ts";
import { beat, buryProcesses, findDeadProcesses, HEARTBEAT_MS, unlockOrphans } from "./process-register.ts";
import { releaseStaleLocks } from "./release-stale-locks.ts";
import { requeueForgotten } from "./requeue-forgotten.ts";
import { takeBackLeases } from "./take-back-leases.ts";
import { watchClock } from "./watch-clock.ts";

const SWEEP_MS = 3_000;
/** How often leases are renewed; well below their length. */
export const RENEW_MS = 4_000;
const PRUNE_MS = 60_000;
const ROLL_MS = 10_000;

export interface HouseKeeping {
  /** Sweep now; used at start, after the connection was lost, and by tests. */
  sweep(): void;
  /** Renew leases now, and hear of what is to stop; used when a message may have been missed. */
  renew(): void;
  stop(): Promise<void>;
}

/** What goes on in the background of every process: heartbeat, leases, taking back what dead processes held, small clean-ups. */
export function keepHouse(
  engine: Engine,
  live: LiveRuns,
  facts: () => { role: string; version: string; workerIds: readonly string[] },
): HouseKeeping {
  const report = (part: string) => (error: unknown) =>
    engine.log.warn({ part, error: describeError(error) }, "a background round failed; the next one comes");
  const pruner = createPruner(engine);
  const loops: Loop[] = [
    every(HEARTBEAT_MS, () => beat(engine.adapter, { id: engine.processId, ...facts() }), report("heartbeat")),
    every(HEARTBEAT_MS, watchClock(engine), report("clock")),
    every(SWEEP_MS, () => releaseStaleLocks(engine.adapter), report("locks")),
    every(ROLL_MS, createRoller(engine.adapter), report("rollups")),
    every(PRUNE_MS, async () => void (await pruner.round()), report("retention")),
    every(PRUNE_MS, async () => void (await pruneCaches(engine.adapter, engine.clock.now())), report("caches")),
    every(PRUNE_MS, () => pruneJobs(engine.adapter), report("jobs")),
  ];
  const renewer = every(RENEW_MS, () => renewLive(engine, live), report("leases"));
  const sweeper = every(SWEEP_MS, () => sweep(engine), report("sweep"));
  return {
    sweep: () => sweeper.nudge(),
    renew: () => renewer.nudge(),
    async stop() {
      pruner.stop();
      await Promise.all([...loops, renewer, sweeper].map((loop) => loop.stop()));
    },
  };
}

/** Prolong the leases of what runs here; a run whose lease was lost is told to stop, somebody else may have it already. */
export async function renewLive(engine: Pick<Engine, "adapter">, live: LiveRuns): Promise<void> {
  const runs = live.all();
  const deliveries = runs.flatMap(({ deliveryId, leaseToken }) =>
    deliveryId === null ? [] : [{ deliveryId, leaseToken }],
  );
  const flows = runs.filter((run) => run.deliveryId === null);
  const [kept, keptFlows] = await Promise.all([
    renewLeases(engine.adapter.db, deliveries),
    renewFlowLeases(engine.adapter.db, flows),
  ]);
  for (const run of runs) {
    const lease = kept.get(run.leaseToken) ?? keptFlows.get(run.leaseToken);
    if (!lease) run.stop("lease_lost");
    else if (lease.cancelled) run.stop("cancelled");
  }
}

/** One round of recovery. Any process may do it; all of them do. */
export async function sweep(engine: Engine): Promise<void> {
  const dead = await findDeadProcesses(engine.adapter, engine.processId);
  const taken = await takeBackLeases(
    engine.adapter.db,
    dead.map((process) => process.id),
  );
  await takeBackFlowRuns(
    engine,
    dead.map((process) => process.id),
  );
  await buryProcesses(engine.adapter, dead);
  await unlockOrphans(engine.adapter);
  await requeueForgotten(engine.adapter.db);
  await engine.gates.sweep();
  await requeueForgottenJobs(engine.adapter.db);
  if (taken > 0) {
    engine.log.info({ taken, dead: dead.length }, "took back deliveries of processes that died");
    engine.publisher.publish("deliveries", null);
    engine.publisher.publish("runs", null);
  }
  if (dead.length > 0) engine.publisher.publish("processes", null);
}
