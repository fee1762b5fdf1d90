import { eq } from "drizzle-orm";
import { encodeId, isFinalRun, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { runs } from "../database/schema/index.ts";
import { retryDelivery } from "../deliveries/retry-delivery.ts";
import { KhotanError } from "../errors.ts";
import { retryFlowRun } from "../flows/retry-flow-run.ts";

/**
 * Run it again. A delivery's run is repeated by a new delivery, whose run is
 * made when a worker claims it; a flow's by a new run with the same body.
 *
 * @throws KhotanError `not_found`, `conflict` while the run is not final.
 */
export async function retryRun(
  engine: Engine,
  request: { runId: string; actor: Principal; requestId?: string },
): Promise<{ runId: string | null; deliveryId: string | null }> {
  const [row] = await engine.adapter.db
    .select({
      status: runs.status,
      deliveryId: runs.deliveryId,
      flowId: runs.flowId,
      dryRun: runs.dryRun,
      nextAttemptAt: runs.nextAttemptAt,
    })
    .from(runs)
    .where(eq(runs.id, request.runId));
  if (!row) throw new KhotanError("not_found", `There is no run ${encodeId("run", request.runId)}.`);
  const waits = row.status === "pending" && row.nextAttemptAt !== null;
  if (!isFinalRun(row.status) && !waits) {
    throw new KhotanError("conflict", `The run is ${row.status}.`, { hint: "Cancel it first, or wait for it to end." });
  }
  if (row.dryRun)
    throw new KhotanError("conflict", "A dry run is made anew, not retried.", {
      hint: "Retry the run it was made of.",
    });
  if (row.flowId) return { runId: await retryFlowRun(engine, request), deliveryId: null };
  if (!row.deliveryId) throw new KhotanError("conflict", "This run has no delivery to repeat.");
  const { deliveryId } = await retryDelivery(engine, { ...request, deliveryId: row.deliveryId });
  return { runId: deliveryId === row.deliveryId ? request.runId : null, deliveryId };
}
