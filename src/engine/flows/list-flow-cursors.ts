import { and, asc, eq } from "drizzle-orm";
import { encodeId, type FlowCursorRecord, type FlowCursorsRecord } from "../../contract/index.ts";
import type { Executor } from "../database/adapter.ts";
import { flowCursors, runs } from "../database/schema/index.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { SYNC_CURSOR, syncPlaceSchema } from "../sync/sync-place.ts";

/** How far a flow is for one tenant, and whether a run moves it right now. */
export async function listFlowCursors(
  executor: Pick<Executor, "select">,
  flow: Pick<LiveFlow, "id">,
  tenant: string,
): Promise<FlowCursorsRecord> {
  const stored = await executor
    .select()
    .from(flowCursors)
    .where(and(eq(flowCursors.flowId, flow.id), eq(flowCursors.tenant, tenant)))
    .orderBy(asc(flowCursors.variant), asc(flowCursors.name));
  const [running] = await executor
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.flowId, flow.id), eq(runs.tenant, tenant), eq(runs.status, "running")))
    .limit(1);
  return { tenant, running: running ? encodeId("run", running.id) : null, items: stored.map(cursorRecord) };
}

const cursorRecord = (row: typeof flowCursors.$inferSelect): FlowCursorRecord => ({
  tenant: row.tenant,
  variant: row.variant,
  name: row.name,
  value: row.value,
  sync: row.name === SYNC_CURSOR ? syncPlace(row.value) : null,
  runId: row.runId && encodeId("run", row.runId),
  updatedAt: row.updatedAt.toISOString(),
});

/** An author may call a cursor of his own `sync` too; then it is only shown as it is. */
function syncPlace(value: unknown): FlowCursorRecord["sync"] {
  const { success, data } = syncPlaceSchema.safeParse(value);
  if (!success) return null;
  const { watermark, platform = null, window } = data;
  return {
    watermark,
    platform,
    window: window && { mode: window.mode, startedAt: window.startedAt, since: window.since },
  };
}
