import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { rows, run } from "../database/adapter.ts";
import { toFailure } from "../runs/failure.ts";
import { renewWire } from "./renew-wire.ts";

const MINUTE_MS = 60_000;
/** A wire is renewed when a third of its life is left, at the latest and at the earliest this long before its end; a short life is lived by half. */
const LATEST_MS = 10 * MINUTE_MS;
const EARLIEST_MS = 24 * 60 * MINUTE_MS;
/** Whoever tries has so long to itself; longer than a renewal may take. */
const TURN_MS = 2 * MINUTE_MS;
/** Waits after failures in a row; the last one is repeated. */
const RETRY_MS = [1, 2, 5, 15, 30, 60, 180].map((minutes) => minutes * MINUTE_MS);

/** Who renewals are written down for. */
const HUB: Principal = { id: "khotan", name: "Khotan", role: "operator", tenants: "*" };

const dueRow = z.object({ id: z.string(), plug: z.string(), tenant: z.string() });

/**
 * Renew subscriptions that end soon, each by one process: whoever moves
 * `renew_after` on has the turn, and one that dies loses it by itself. A wire
 * whose time is over is `expired`, says so once, and is still tried.
 */
export async function renewDueWires(engine: Engine): Promise<void> {
  await expire(engine);
  const able = [...engine.registry.definitions.values()]
    .filter(({ wire }) => wire?.onRenew)
    .map(({ plug }) => plug.name);
  if (able.length === 0) return;
  for (let next = await takeDue(engine, able); next; next = await takeDue(engine, able)) {
    try {
      await renewWire(engine, { plug: next.plug, tenant: next.tenant, origin: "", actor: HUB });
    } catch (error) {
      await noteFailure(engine, next);
      engine.log.warn(
        { plug: next.plug, tenant: next.tenant, code: toFailure(error).code },
        "a wire could not be renewed",
      );
    }
  }
}

const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`;

async function takeDue(engine: Engine, plugs: readonly string[]): Promise<z.infer<typeof dueRow> | null> {
  const now = engine.clock.now();
  const [row] = await rows(
    engine.adapter.db,
    sql`
      update khotan_wires w set renew_after = ${at(now + TURN_MS)}
      where w.id = (
        select id from khotan_wires
        where expires_at is not null and status in ('active', 'error', 'expired')
          and plug in (select value from jsonb_array_elements_text(${JSON.stringify(plugs)}::text::jsonb))
          and coalesce(renew_after, ${at(0)}) <= ${at(now)}
          and expires_at - least(
            greatest((expires_at - coalesce(connected_at, created_at)) / 3, ${LATEST_MS} * interval '1 millisecond'),
            (expires_at - coalesce(connected_at, created_at)) / 2,
            ${EARLIEST_MS} * interval '1 millisecond'
          ) <= ${at(now)}
        order by expires_at limit 1 for update skip locked
      )
      returning w.id::text as id, w.plug, w.tenant
    `,
    dueRow,
  );
  return row ?? null;
}

/** Say when to try again, and keep what the failure said; a wire that is over stays so. */
async function noteFailure(engine: Engine, { id }: { id: string }): Promise<void> {
  const now = engine.clock.now();
  const waits = sql.raw(`array[${RETRY_MS.join(",")}]`);
  await engine.adapter.db.transaction(async (tx) => {
    await run(
      tx,
      sql`
        update khotan_wires set
          renew_failures = renew_failures + 1,
          renew_after = ${at(now)} + (${waits})[least(renew_failures + 1, ${RETRY_MS.length})] * interval '1 millisecond',
          status = case when expires_at <= ${at(now)} and status = 'error' then 'expired' else status end
        where id = ${id}::uuid
      `,
    );
    await announce(tx, "wires", id);
  });
}

/** Mark those whose time is over. */
async function expire(engine: Engine): Promise<void> {
  const now = at(engine.clock.now());
  await engine.adapter.db.transaction(async (tx) => {
    const over = await rows(
      tx,
      sql`
        update khotan_wires set status = 'expired', updated_at = now()
        where expires_at <= ${now} and status in ('active', 'error') returning id::text as id
      `,
      z.object({ id: z.string() }),
    );
    for (const { id } of over) await announce(tx, "wires", id);
  });
}
