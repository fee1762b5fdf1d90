import { and, asc, inArray, ne, sql } from "drizzle-orm";
import { isFinalRun } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { deliveries, events, runs } from "../database/schema/index.ts";
import { bringForward } from "../deliveries/bring-forward.ts";
import { createReplays, type ReplayRequest } from "../deliveries/create-replays.ts";
import { settingsOf } from "../events/replay-event.ts";
import { type Batch, type BatchResult, countReasons, JOB_PRIORITY } from "./batch.ts";
import type { JobRow } from "./job-record.ts";
import { type FlowRun, retryFlowRuns } from "./retry-flow-runs.ts";

/** Redrive: a waiting delivery is brought forward, a finished one is delivered anew. */
export const retryDeliveriesBatch: Batch = (engine, tx, job, ids) => retryAll(engine, tx, job, ids, []);

/** The same for the deliveries of these runs; a flow's run is repeated by a new one. */
export const retryRunsBatch: Batch = async (engine, tx, job, ids) => {
  const found = await tx
    .select({
      id: runs.id,
      status: runs.status,
      deliveryId: runs.deliveryId,
      flowId: runs.flowId,
      tenant: runs.tenant,
      variant: runs.variant,
      nextAttemptAt: runs.nextAttemptAt,
    })
    .from(runs)
    .where(inArray(runs.id, [...ids]))
    .orderBy(asc(runs.id));
  const reasons: string[] = [];
  const chosen: string[] = [];
  const flowRuns: FlowRun[] = [];
  for (const run of found) {
    const { flowId, deliveryId } = run;
    if (!isFinalRun(run.status) && !(run.status === "pending" && run.nextAttemptAt !== null)) reasons.push("running");
    else if (flowId !== null) flowRuns.push({ ...run, flowId });
    else if (deliveryId !== null) chosen.push(deliveryId);
    else reasons.push("no_delivery");
  }
  const started = await retryFlowRuns(engine, tx, job, flowRuns, reasons);
  const result = await retryAll(engine, tx, job, chosen, reasons);
  return { ...result, changed: result.changed + started };
};

async function retryAll(
  engine: Engine,
  tx: Transaction,
  job: JobRow,
  ids: readonly string[],
  reasons: string[],
): Promise<BatchResult> {
  if (ids.length === 0) return { changed: 0, reasons: countReasons(reasons), touched: [] };
  // Locked, so that two who redrive the same dead letters make one delivery each; not those that run, which their worker will want to end.
  const found = await tx
    .select({
      id: deliveries.id,
      status: deliveries.status,
      held: deliveries.held,
      plug: deliveries.plug,
      eventId: deliveries.eventId,
      handlerId: deliveries.handlerId,
      replayedAt: deliveries.replayedAt,
      gone: sql<boolean>`not exists (select from ${events} where ${events.id} = ${deliveries.eventId} and ${events.body} is not null)`,
    })
    .from(deliveries)
    .where(and(inArray(deliveries.id, [...ids]), ne(deliveries.status, "running")))
    .orderBy(asc(deliveries.id))
    .for("update");
  for (let missing = new Set(ids).size - found.length; missing > 0; missing--) reasons.push("running");
  const forward: string[] = [];
  const replays: ReplayRequest[] = [];
  for (const row of found) {
    const handler = engine.registry.handler(row.handlerId);
    if (row.held) reasons.push("held");
    else if (row.status === "pending" || row.status === "failed") forward.push(row.id);
    else if (row.status === "dead" && row.replayedAt) reasons.push("replayed_already");
    else if (!handler) reasons.push("handler_gone");
    else if (row.gone) reasons.push("body_gone");
    else {
      const enabled = engine.registry.findPlug(row.plug)?.enabled ?? true;
      const { eventId, handlerId } = row;
      replays.push({ eventId, handlerId, replayOf: row.id, ...settingsOf(handler, enabled) });
    }
  }
  if (forward.length > 0) await bringForward(tx, forward);
  const made = await createReplays(tx, replays, job.actor, { priority: JOB_PRIORITY });
  return { changed: forward.length + made.length, reasons: countReasons(reasons), touched: made };
}
