import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../context.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";
import { type ClaimedDelivery, type ClaimRequest, claimDeliveries } from "./claim-deliveries.ts";

/** How long a delivery waits when its handler is busy everywhere, plus as much again at random. */
const BUSY_WAIT_MS = 250;

/**
 * Claim a delivery, but not beyond its handler's `concurrency`, counted over
 * all processes. Handlers without a limit take the fast, batched way.
 */
export async function claimWithinLimit(
  engine: Engine,
  claim: (request: ClaimRequest) => Promise<ClaimedDelivery | null>,
  deliveryId: string,
): Promise<ClaimedDelivery | null> {
  const request = { deliveryId, processId: engine.processId };
  if (!engine.registry.hasLimits) return await claim(request);
  const query = sql`select handler_id::text from khotan_deliveries where id = ${deliveryId}::uuid`;
  const [delivery] = await rows(engine.adapter.db, query, z.object({ handler_id: z.string() }));
  const limit = delivery ? (engine.registry.handler(delivery.handler_id)?.definition.concurrency ?? null) : null;
  if (!delivery || limit === null) return await claim(request);
  return await engine.adapter.db.transaction(async (tx) => {
    if (await hasRoom(tx, delivery.handler_id, limit)) return (await claimDeliveries(tx, [request]))[0] ?? null;
    await putOff(tx, deliveryId);
    return null;
  });
}

/** Whoever asks for the same handler takes turns, so that two cannot both take the last place. */
async function hasRoom(tx: Transaction, handlerId: string, limit: number): Promise<boolean> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`khotan handler ${handlerId}`}, 0))`);
  const [busy] = await rows(
    tx,
    sql`select count(*)::int as n from khotan_deliveries where handler_id = ${handlerId}::uuid and status = 'running'`,
    z.object({ n: z.number() }),
  );
  return (busy?.n ?? 0) < limit;
}

async function putOff(tx: Transaction, deliveryId: string): Promise<void> {
  await run(
    tx,
    sql`
      with later as (
        update khotan_deliveries
        set next_attempt_at = now() + (1 + random()) * ${BUSY_WAIT_MS} * interval '1 millisecond'
        where id = ${deliveryId}::uuid and status in ('pending', 'failed') and held is null
        returning id, next_attempt_at, priority
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, next_attempt_at, 25, id::text, priority, null)::graphile_worker.job_spec
        from later
      ))
    `,
  );
}
