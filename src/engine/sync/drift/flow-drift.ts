import { and, desc, eq } from "drizzle-orm";
import { type DriftRecord, encodeId, type FlowDriftRecord } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { flowDrifts, flowShapes } from "../../database/schema/index.ts";
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

export const driftRecord = (row: typeof flowDrifts.$inferSelect): DriftRecord => ({
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
