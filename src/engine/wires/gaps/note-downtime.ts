import { inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import { wires } from "../../database/schema/index.ts";
import { findDeadProcesses } from "../../queue/process-register.ts";
import { missingForListing } from "./missing-for-listing.ts";
import { type NewGap, openGaps } from "./open-gaps.ts";

/** How often processes say that the hub can receive. */
export const ALIVE_MS = 5_000;
/** A silence this long is a gap: nobody was there, or the database was not. */
const SILENCE_MS = 20_000;
/** A restart takes at least this long. */
const RESTART_MS = 1_000;
/** Clocks of providers, and what was on its way when the hub went. */
const SLACK_MS = 60_000;
const KEY = "alive";

const aliveRow = z.object({ ms: z.coerce.number().nullable(), now: z.coerce.number() });

/**
 * Say that the hub can receive now, and write down the gap if it could not for a
 * while. The row is locked and moved on in the transaction that opens the gaps:
 * of many processes that come back at once one opens them, and one that dies
 * meanwhile leaves it to the next.
 *
 * @param starting after a start every silence counts, if nobody else was there: some providers try only once.
 * @returns how many gaps were opened.
 */
export async function noteAlive(engine: Engine, starting: boolean): Promise<number> {
  const dead = starting ? await findDeadProcesses(engine.adapter, engine.processId) : [];
  return await engine.adapter.db.transaction(async (tx) => {
    await run(tx, sql`insert into khotan_settings (key, value) values (${KEY}, '{}') on conflict (key) do nothing`);
    const [last] = await rows(
      tx,
      sql`
        select (value->>'ms')::double precision as ms, extract(epoch from now()) * 1000 as now
        from khotan_settings where key = ${KEY} for update
      `,
      aliveRow,
    );
    if (!last) return 0;
    await run(
      tx,
      sql`update khotan_settings set value = jsonb_build_object('ms', extract(epoch from now()) * 1000), updated_at = now() where key = ${KEY}`,
    );
    if (last.ms === null) return 0;
    const alone = starting && !(await othersReceived(engine, tx, dead, last.ms));
    if (last.now - last.ms < (alone ? RESTART_MS : SILENCE_MS)) return 0;
    return await openFor(engine, tx, new Date(last.ms - SLACK_MS), new Date(last.now));
  });
}

async function openFor(engine: Engine, tx: Transaction, since: Date, until: Date): Promise<number> {
  const able = [...engine.registry.definitions.values()].filter(({ wire }) => wire?.listMissed);
  if (able.length === 0) return 0;
  const wireOf = new Map(able.map(({ plug, wire }) => [plug.name, wire]));
  const connected = await tx
    .select({ id: wires.id, plug: wires.plug, tenant: wires.tenant, connectedAt: wires.connectedAt })
    .from(wires)
    .where(sql`${inArray(wires.plug, [...wireOf.keys()])} and ${ne(wires.status, "disabled")}`);
  const gaps: NewGap[] = [];
  for (const { plug, tenant, connectedAt } of connected) {
    const wire = wireOf.get(plug);
    if (!wire || connectedAt === null || connectedAt >= until) continue;
    // Variables that cannot be opened are told of elsewhere; the other wires' gaps are still opened.
    const missing = await missingForListing(engine, wire, plug, tenant).catch(() => ["unreadable"]);
    if (missing.length > 0) continue;
    gaps.push({ plug, tenant, reason: "downtime", since, until });
  }
  const opened = await openGaps(tx, gaps);
  if (opened.length > 0) for (const topic of ["wires", "gaps"] as const) await announce(tx, topic, null);
  return opened.length;
}

/** Is there another process that accepts webhooks, and did all the time? One that has only just started did not. */
async function othersReceived(
  engine: Engine,
  tx: Transaction,
  dead: readonly { readonly id: string }[],
  sinceMs: number,
): Promise<boolean> {
  const living = await rows(
    tx,
    sql`
      select id::text as id from khotan_processes where id <> ${engine.processId}::uuid and role <> 'worker'
        and started_at <= to_timestamp(${sinceMs}::double precision / 1000)
        and id not in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(dead.map(({ id }) => id))}::text::jsonb))
    `,
    z.object({ id: z.string() }),
  );
  return living.length > 0;
}
