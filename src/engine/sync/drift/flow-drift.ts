import { and, desc, eq, sql } from "drizzle-orm";
import { type DriftRecord, encodeId, type FlowDriftRecord, type Principal } from "../../../contract/index.ts";
import { writeAudit } from "../../audit/write-audit.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { run } from "../../database/adapter.ts";
import { flowDrifts, flowShapes } from "../../database/schema/index.ts";
import { KhotanError } from "../../errors.ts";
import type { LiveFlow } from "../../registry/registry.ts";

const SHOWN = 20;

/** What records of a flow's source look like for one tenant, and how that changed, newest first. */
export async function readFlowDrift(
  engine: Pick<Engine, "adapter">,
  flow: LiveFlow,
  tenant: string,
): Promise<FlowDriftRecord> {
  const { db } = engine.adapter;
  const [shapes, drifts] = await Promise.all([
    db
      .select()
      .from(flowShapes)
      .where(and(eq(flowShapes.flowId, flow.id), eq(flowShapes.tenant, tenant))),
    db
      .select()
      .from(flowDrifts)
      .where(and(eq(flowDrifts.flowId, flow.id), eq(flowDrifts.tenant, tenant)))
      .orderBy(desc(flowDrifts.id))
      .limit(SHOWN),
  ]);
  const [known] = shapes;
  return {
    tenant,
    paused: drifts.some((one) => one.status === "open"),
    version: known?.version ?? 0,
    records: known?.records ?? 0,
    shape: known?.shape ?? {},
    updatedAt: known?.updatedAt.toISOString() ?? null,
    drifts: drifts.map(driftRecord),
  };
}

const driftRecord = (row: typeof flowDrifts.$inferSelect): DriftRecord => ({
  id: encodeId("drift", row.id),
  tenant: row.tenant,
  breaking: row.breaking,
  status: row.status,
  version: row.version,
  changes: row.changes,
  runId: row.runId && encodeId("run", row.runId),
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

/**
 * Accept the drift that pauses a flow: its shape is what records look like from now on, and the flow fires again.
 *
 * @throws KhotanError `conflict` when there is none
 */
export async function acceptFlowDrift(
  engine: Pick<Engine, "adapter">,
  flow: LiveFlow,
  tenant: string,
  { actor, requestId }: { readonly actor: Principal; readonly requestId?: string },
): Promise<void> {
  await engine.adapter.db.transaction(async (tx) => {
    const [accepted] = await tx
      .update(flowDrifts)
      .set({ status: "accepted", decidedBy: actor.name ?? actor.id, decidedAt: sql`now()` })
      .where(and(eq(flowDrifts.flowId, flow.id), eq(flowDrifts.tenant, tenant), eq(flowDrifts.status, "open")))
      .returning();
    if (!accepted) {
      throw new KhotanError("conflict", `Nothing pauses "${flow.definition.name}" for the tenant "${tenant}".`);
    }
    await run(
      tx,
      sql`
        insert into khotan_flow_shapes (flow_id, tenant, version, shape, records)
        values (${flow.id}::uuid, ${tenant}, ${accepted.version + 1}, ${JSON.stringify(accepted.shape)}::text::jsonb, 0)
        on conflict (flow_id, tenant) do update set
          version = excluded.version, shape = excluded.shape, updated_at = now()
      `,
    );
    await writeAudit(tx, {
      actor,
      action: "flow.drift.accept",
      plug: flow.plug,
      tenant,
      target: flow.definition.name,
      data: { drift: encodeId("drift", accepted.id), changes: accepted.changes },
      requestId,
    });
    await announce(tx, "flows", flow.id);
    await announce(tx, "due", null);
  });
}
