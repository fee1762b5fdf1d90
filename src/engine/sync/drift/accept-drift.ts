import { and, eq, type SQL, sql } from "drizzle-orm";
import { decodeId, encodeId, type ListedDriftRecord, maySeeTenant, type Principal } from "../../../contract/index.ts";
import { writeAudit } from "../../audit/write-audit.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { run, type Transaction } from "../../database/adapter.ts";
import { flowDrifts, flows } from "../../database/schema/index.ts";
import { KhotanError } from "../../errors.ts";
import type { LiveFlow } from "../../registry/registry.ts";
import { driftRecord } from "./flow-drift.ts";

interface Accepting {
  readonly actor: Principal;
  readonly requestId?: string;
}
type Owner = Pick<typeof flows.$inferSelect, "id" | "plug" | "name">;

/**
 * Accept the drift that pauses a flow: its shape is what records look like from now on, and the flow fires again.
 *
 * @throws KhotanError `conflict` when there is none
 */
export async function acceptFlowDrift(
  engine: Pick<Engine, "adapter">,
  { id, plug, definition: { name } }: LiveFlow,
  tenant: string,
  by: Accepting,
): Promise<void> {
  await engine.adapter.db.transaction(async (tx) => {
    const mine = and(eq(flowDrifts.flowId, id), eq(flowDrifts.tenant, tenant));
    if (await accept(tx, { id, plug, name }, mine, by)) return;
    throw new KhotanError("conflict", `Nothing pauses "${name}" for the tenant "${tenant}".`);
  });
}

/**
 * Accept exactly this drift, and no other that somebody has not looked at.
 *
 * @throws KhotanError `not_found`; `conflict` when it pauses nothing (any more)
 */
export async function acceptDrift(
  engine: Pick<Engine, "adapter">,
  id: string,
  by: Accepting,
): Promise<ListedDriftRecord> {
  const uuid = decodeId("drift", id);
  return await engine.adapter.db.transaction(async (tx) => {
    const [found] =
      uuid === null
        ? []
        : await tx
            .select({ tenant: flowDrifts.tenant, owner: { id: flows.id, plug: flows.plug, name: flows.name } })
            .from(flowDrifts)
            .innerJoin(flows, eq(flows.id, flowDrifts.flowId))
            .where(eq(flowDrifts.id, uuid));
    if (uuid === null || !found || !maySeeTenant(by.actor, found.tenant)) {
      throw new KhotanError("not_found", `There is no drift "${id}".`, { hint: "List them: GET /drifts" });
    }
    const { owner } = found;
    const accepted = await accept(tx, owner, eq(flowDrifts.id, uuid), by);
    if (accepted) {
      return { ...driftRecord(accepted), flowId: encodeId("flow", owner.id), flow: owner.name, plug: owner.plug };
    }
    throw new KhotanError("conflict", `This drift does not pause "${owner.name}", or was accepted already.`, {
      hint: "List what waits: GET /drifts?status=open",
    });
  });
}

/** Compare and swap: whoever comes second finds nothing open. */
async function accept(tx: Transaction, flow: Owner, which: SQL | undefined, { actor, requestId }: Accepting) {
  const [accepted] = await tx
    .update(flowDrifts)
    .set({ status: "accepted", decidedBy: actor.name ?? actor.id, decidedAt: sql`now()` })
    .where(and(which, eq(flowDrifts.status, "open")))
    .returning();
  if (!accepted) return null;
  const { tenant } = accepted;
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
    target: flow.name,
    data: { drift: encodeId("drift", accepted.id), changes: accepted.changes },
    requestId,
  });
  await announce(tx, "flows", flow.id);
  await announce(tx, "due", null);
  return accepted;
}
