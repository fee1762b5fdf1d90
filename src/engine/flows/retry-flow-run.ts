import { and, eq, sql } from "drizzle-orm";
import { encodeId, isFinalRun, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { runs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { startFlow } from "./start-flow.ts";

export interface RetryFlowRun {
  readonly runId: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Run a flow's run again: one that waits for its next attempt is brought
 * forward, one that ended is repeated by a new run with the same variant,
 * tenant and body. Both go on from the cursor.
 *
 * @returns the id of the run that will run.
 * @throws KhotanError `not_found`, `conflict`, and what `startFlow` throws.
 */
export async function retryFlowRun(engine: Engine, { runId, actor, requestId }: RetryFlowRun): Promise<string> {
  const { db } = engine.adapter;
  const [row] = await db
    .select({
      status: runs.status,
      flowId: runs.flowId,
      plug: runs.plug,
      tenant: runs.tenant,
      variant: runs.variant,
      input: sql<string | null>`${runs.input}::text`,
    })
    .from(runs)
    .where(eq(runs.id, runId));
  if (!row) throw new KhotanError("not_found", `There is no run ${encodeId("run", runId)}.`);
  if (isFinalRun(row.status)) {
    const flow = engine.registry.flow(row.flowId ?? "");
    if (!flow) throw new KhotanError("conflict", "The flow of this run is no longer registered.");
    const body: unknown = row.input === null ? undefined : JSON.parse(row.input);
    const { tenant, variant } = row;
    return await startFlow(engine, { flow, tenant, variant, body, source: "manual", actor, requestId, retryOf: runId });
  }
  await db.transaction(async (tx) => {
    const brought = await tx
      .update(runs)
      .set({ nextAttemptAt: sql`now()`, maxAttempts: sql`greatest(${runs.maxAttempts}, ${runs.attempts} + 1)` })
      .where(and(eq(runs.id, runId), eq(runs.status, "pending")))
      .returning({ id: runs.id });
    if (brought.length === 0)
      throw new KhotanError("conflict", "The run is running now.", { hint: "Wait for it, or cancel it first." });
    const { plug, tenant } = row;
    await writeAudit(tx, { actor, action: "run.retry", plug, tenant, target: encodeId("run", runId), requestId });
    await announce(tx, "due", null);
    await announce(tx, "runs", runId);
  });
  return runId;
}
