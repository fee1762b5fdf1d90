import { sql } from "drizzle-orm";
import { z } from "zod";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";
import { describeError } from "../describe-error.ts";
import { pausedTenants } from "../sync/drift/paused-tenants.ts";
import { nextTick } from "./cron-ticks.ts";
import { insertFlowRuns } from "./insert-flow-runs.ts";
import { timeText } from "./register-flows.ts";
import { scheduledTenants } from "./scheduled-tenants.ts";

const dueRow = z.object({
  id: z.string(),
  flow_id: z.string(),
  variant: z.string(),
  cron: z.string(),
  time_zone: z.string(),
  next_at: z.coerce.date(),
  on: z.boolean(),
});
type DueSchedule = z.output<typeof dueRow>;

/**
 * Fire every schedule whose time has come, each tick once however many processes
 * do this: the schedule's row is locked, its runs and its next time commit
 * together, and who comes second finds the next time in the future.
 *
 * Of ticks that passed while nobody looked one is made up for, not all. Ticks
 * of what is switched off are passed over.
 *
 * @returns how many ticks fired.
 */
export async function fireSchedules(engine: Engine): Promise<number> {
  let fired = 0;
  const failed: string[] = [];
  for (;;) {
    const outcome = await fireNext(engine, failed);
    if (outcome === "none") return fired;
    if (outcome === "fired") fired++;
  }
}

async function fireNext(engine: Engine, failed: string[]): Promise<"fired" | "passed" | "none"> {
  let due: DueSchedule | undefined;
  try {
    return await engine.adapter.db.transaction(async (tx) => {
      due = await lockDue(engine, tx, failed);
      if (!due) return "none";
      if (due.on) await fire(engine, tx, due);
      await moveOn(engine, tx, due);
      return due.on ? "fired" : "passed";
    });
  } catch (error) {
    // One schedule's trouble must not keep the others from firing; without one it is the database's.
    if (!due) throw error;
    failed.push(due.id);
    engine.log.warn({ schedule: due.id, error: describeError(error) }, "a schedule could not fire; it is tried again");
    return "passed";
  }
}

async function lockDue(engine: Engine, tx: Transaction, failed: readonly string[]): Promise<DueSchedule | undefined> {
  const known = engine.registry.flows().map((flow) => flow.id);
  const [due] = await rows(
    tx,
    sql`
      select s.id::text, s.flow_id::text, s.variant, s.cron, s.time_zone, s.next_at,
        s.enabled and f.enabled and p.enabled as on
      from khotan_schedules s
      join khotan_flows f on f.id = s.flow_id and f.retired_at is null
      join khotan_plugs p on p.name = f.plug
      where s.retired_at is null and s.next_at <= ${timeText(engine.clock.now())}::timestamptz
        and s.flow_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(known)}::text::jsonb))
        and s.id not in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(failed)}::text::jsonb))
      order by s.next_at limit 1
      for update of s skip locked
    `,
    dueRow,
  );
  return due;
}

async function fire(engine: Engine, tx: Transaction, due: DueSchedule): Promise<void> {
  const flow = engine.registry.flow(due.flow_id);
  if (!flow) throw new Error("The flow is not registered here any more.");
  const variant = due.variant === "" ? null : due.variant;
  const schedule = flow.definition.schedules.find((one) => one.variant === variant);
  const tenants = await scheduledTenants(engine, tx, flow.plug);
  if (tenants.length === 0) {
    engine.log.warn(
      { flow: flow.definition.name, plug: flow.plug },
      "a schedule fired for nobody: no tenant is connected",
    );
    return;
  }
  const paused = await pausedTenants(tx, flow.id);
  await insertFlowRuns(tx, {
    flow,
    variant,
    tenants: tenants.filter((tenant) => !paused.has(tenant)),
    source: "scheduled",
    body: schedule?.body,
    actor: null,
    tick: { scheduleId: due.id, at: due.next_at },
  });
}

async function moveOn(engine: Engine, tx: Transaction, due: DueSchedule): Promise<void> {
  // After the tick as well: a process whose clock is behind must not find the same one again.
  const next = nextTick(due.cron, due.time_zone, Math.max(engine.clock.now(), due.next_at.getTime()));
  await run(
    tx,
    sql`
      update khotan_schedules set next_at = ${timeText(next)}::timestamptz, updated_at = now(),
        last_fired_at = case when ${due.on}::boolean then ${due.next_at.toISOString()}::timestamptz else last_fired_at end
      where id = ${due.id}::uuid
    `,
  );
  await announce(tx, "flows", due.flow_id);
}

const soonestRow = z.object({ at: z.coerce.date().nullable() });

/** When the next schedule of this process's flows is due, in milliseconds since the epoch; `null` when none is. */
export async function nextDueAt(engine: Engine): Promise<number | null> {
  const known = engine.registry.flows().map((flow) => flow.id);
  const [soonest] = await rows(
    engine.adapter.db,
    sql`
      select min(s.next_at) as at from khotan_schedules s
      where s.retired_at is null
        and s.flow_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(known)}::text::jsonb))
    `,
    soonestRow,
  );
  return soonest?.at?.getTime() ?? null;
}
