import { and, eq, inArray } from "drizzle-orm";
import { encodeId, type FlowCursorsRecord, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { run } from "../database/adapter.ts";
import { flowCursors, runs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { lockFlow } from "./insert-flow-runs.ts";
import { listFlowCursors } from "./list-flow-cursors.ts";

export interface ResetFlowCursors {
  readonly tenant: string;
  readonly variant?: string;
  readonly name?: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** What stood in a cursor is kept with who reset it, unless it is long. */
const AUDITED = 2_000;

/**
 * Forget how far a flow is, for one tenant. No run may begin meanwhile: one that had read the cursor before would set it
 * again at its end, and the reset would be lost without a word.
 *
 * @throws KhotanError `flow_running` while a run goes on
 */
export async function resetFlowCursors(
  engine: Pick<Engine, "adapter">,
  flow: LiveFlow,
  { tenant, variant, name, actor, requestId }: ResetFlowCursors,
): Promise<FlowCursorsRecord> {
  return await engine.adapter.db.transaction(async (tx) => {
    // Nobody adds a run now, and those that wait are held: a claim passes over rows that are locked.
    await run(tx, lockFlow(flow.id));
    const live = await tx
      .select({ id: runs.id, status: runs.status })
      .from(runs)
      .where(and(eq(runs.flowId, flow.id), eq(runs.tenant, tenant), inArray(runs.status, ["pending", "running"])))
      .orderBy(runs.id)
      .for("update");
    const running = live.find((one) => one.status === "running");
    if (running) {
      throw new KhotanError("flow_running", `"${flow.definition.name}" is running; it would set its cursor again.`, {
        hint: `Cancel it or wait for its end: POST /runs/${encodeId("run", running.id)}/cancel`,
      });
    }
    const removed = await tx
      .delete(flowCursors)
      .where(
        and(
          eq(flowCursors.flowId, flow.id),
          eq(flowCursors.tenant, tenant),
          variant === undefined ? undefined : eq(flowCursors.variant, variant),
          name === undefined ? undefined : eq(flowCursors.name, name),
        ),
      )
      .returning();
    if (removed.length > 0) {
      const before = removed.map(({ variant, name, value }) => ({
        variant,
        name,
        value: JSON.stringify(value).length > AUDITED ? "(long)" : value,
      }));
      const entry = { actor, action: "flow.cursor.reset", plug: flow.plug, tenant, target: flow.definition.name };
      await writeAudit(tx, { ...entry, data: { before }, requestId });
      await announce(tx, "flows", flow.id);
    }
    // What was passed over while it was held may begin.
    await announce(tx, "due", null);
    return await listFlowCursors(tx, flow, tenant);
  });
}
