import { and, eq, isNull, sql } from "drizzle-orm";
import type { Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { flows, schedules } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { nextTick } from "./cron-ticks.ts";

export interface SwitchFlow {
  readonly flow: LiveFlow;
  readonly enabled?: boolean;
  /** `variant` is `null` for a flow without variants. */
  readonly schedules?: readonly { readonly variant: string | null; readonly enabled: boolean }[];
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Switch a flow, or the schedules of its variants. What is switched on fires from now on: what it missed meanwhile is not
 * made up for.
 *
 * @throws KhotanError `variant_unknown` when there is no such schedule; then nothing was changed.
 */
export async function switchFlow(engine: Engine, request: SwitchFlow): Promise<void> {
  const { flow, enabled, schedules: switches = [], actor, requestId } = request;
  await engine.adapter.db.transaction(async (tx) => {
    if (enabled !== undefined) {
      await tx.update(flows).set({ enabled, updatedAt: sql`now()` }).where(eq(flows.id, flow.id));
    }
    for (const one of switches) await switchSchedule(tx, flow, one);
    await beginAnew(engine, tx, flow);
    await writeAudit(tx, {
      actor,
      action: "flow.switch",
      plug: flow.plug,
      target: flow.definition.name,
      data: {
        ...(enabled === undefined ? {} : { enabled }),
        ...(switches.length === 0 ? {} : { schedules: switches }),
      },
      requestId,
    });
    await announce(tx, "flows", flow.id);
    await announce(tx, "due", null);
  });
  await engine.registry.refresh();
}

async function switchSchedule(
  tx: Transaction,
  flow: LiveFlow,
  { variant, enabled }: { variant: string | null; enabled: boolean },
): Promise<void> {
  const switched = await tx
    .update(schedules)
    .set({ enabled, updatedAt: sql`now()` })
    .where(and(eq(schedules.flowId, flow.id), eq(schedules.variant, variant ?? ""), isNull(schedules.retiredAt)))
    .returning({ id: schedules.id });
  if (switched.length > 0) return;
  const named = variant === null ? "without a variant" : `of the variant "${variant}"`;
  const there = flow.definition.schedules.map((one) => one.variant ?? "null").join(", ");
  throw new KhotanError("variant_unknown", `"${flow.definition.name}" has no schedule ${named}.`, {
    hint: there ? `It has schedules of: ${there}.` : "It has no schedule at all.",
  });
}

/** Ticks that passed while something was off are gone; those of schedules that are on were never late. */
async function beginAnew(engine: Engine, tx: Transaction, flow: LiveFlow): Promise<void> {
  const now = engine.clock.now();
  const stored = await tx
    .select()
    .from(schedules)
    .where(and(eq(schedules.flowId, flow.id), isNull(schedules.retiredAt)))
    .for("update");
  for (const row of stored) {
    if (row.nextAt && row.nextAt.getTime() > now) continue;
    const next = nextTick(row.cron, row.timeZone, now);
    await tx
      .update(schedules)
      .set({ nextAt: next === null ? null : new Date(next) })
      .where(eq(schedules.id, row.id));
  }
}
