import { eq, sql } from "drizzle-orm";
import { encodeId, isFinalRun, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { run, type Transaction } from "../database/adapter.ts";
import { runs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";

export interface CancelRun {
  readonly runId: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Cancel a run. One that waits ends here; one that is executing is told by
 * NOTIFY and ends when its handler has stopped, at the latest when its grace
 * time is over. If its process is dead, the sweeper ends it.
 *
 * @throws KhotanError `not_found`, `already_final`.
 */
export async function cancelRun(engine: Engine, request: CancelRun): Promise<void> {
  const { runId, actor, requestId } = request;
  let deliveryId: string | null = null;
  await engine.adapter.db.transaction(async (tx) => {
    const [row] = await tx.select().from(runs).where(eq(runs.id, runId)).for("update");
    if (!row) throw new KhotanError("not_found", `There is no run ${encodeId("run", runId)}.`);
    if (isFinalRun(row.status)) {
      throw new KhotanError("already_final", `The run has ended: ${row.status}.`, {
        hint: "Only a waiting or running run can be cancelled.",
      });
    }
    await tx
      .update(runs)
      .set({ cancelRequestedAt: sql`now()`, cancelActor: actor.name ?? actor.id })
      .where(eq(runs.id, runId));
    if (row.status === "pending") await endWaiting(tx, runId);
    deliveryId = row.deliveryId;
    await writeAudit(tx, {
      actor,
      action: "run.cancel",
      plug: row.plug,
      tenant: row.tenant,
      target: encodeId("run", runId),
      requestId,
    });
    await announce(tx, "cancel", runId);
    await announce(tx, "runs", runId);
  });
  // Whoever waited for its turn behind it need not wait any more.
  if (deliveryId !== null) engine.gates.replayed([deliveryId]);
}

/** A worker that claims at this very moment holds the delivery's row; then nothing is ended here, and NOTIFY reaches it. */
async function endWaiting(tx: Transaction, runId: string): Promise<void> {
  await run(
    tx,
    sql`
      with ended as (
        update khotan_deliveries d set status = 'cancelled', finished_at = now(), next_attempt_at = null, held = null
        from khotan_runs r
        where r.id = ${runId}::uuid and d.id = r.delivery_id and d.status in ('pending', 'failed')
        returning d.id
      ), closed as (
        update khotan_runs set status = 'cancelled', finished_at = now(), next_attempt_at = null
        where id = ${runId}::uuid and (delivery_id is null or exists (select from ended))
      )
      select graphile_worker.remove_job(id::text) from ended
    `,
  );
}
