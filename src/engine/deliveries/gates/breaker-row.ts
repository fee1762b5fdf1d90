import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows, run, type Transaction } from "../../database/adapter.ts";
import type { BreakerState } from "./decide-breaker.ts";

export interface BreakerKey {
  readonly plug: string;
  readonly tenant: string;
}

/** @example breakerId({ plug: "slack", tenant: "acme" }) // "slack/acme" */
export const breakerId = ({ plug, tenant }: BreakerKey): string => `${plug}/${tenant}`;

const time = z.coerce.number().nullable();
const breakerRow = z.object({
  plug: z.string(),
  tenant: z.string(),
  open: z.boolean(),
  manual: z.boolean(),
  reason: z.string().nullable(),
  opened_at: time,
  closed_at: time,
  probe_at: time,
  probe_delivery_id: z.string().nullable(),
  probe_token: z.string().nullable(),
  failures: z.number(),
  openings: z.number(),
  counted: z.object({ since: z.number(), ok: z.number(), failed: z.number() }).nullable(),
  alive: z.boolean(),
  now: z.coerce.number(),
});

export interface StoredBreaker extends BreakerKey {
  readonly state: BreakerState;
  /** Whether the probe's delivery runs, under the lease it began with. */
  readonly alive: boolean;
  /** The database's clock. */
  readonly now: number;
}

const epoch = (column: SQL) => sql`extract(epoch from ${column})::float8 * 1000`;

/** Breakers by their state, oldest names first. @param which a condition on `b`, and a lock if one is wanted */
export async function readBreakers(executor: Pick<Executor, "execute">, which: SQL): Promise<StoredBreaker[]> {
  const found = await rows(
    executor,
    sql`
      select b.plug, b.tenant, b.open, b.manual, b.reason, ${epoch(sql`b.opened_at`)} as opened_at,
        ${epoch(sql`b.closed_at`)} as closed_at, ${epoch(sql`b.probe_at`)} as probe_at,
        b.probe_delivery_id::text, b.probe_token::text, b.failures, b.openings, b.counted,
        exists (
          select from khotan_deliveries d
          where d.id = b.probe_delivery_id and d.status = 'running' and d.lease_token = b.probe_token
        ) as alive,
        ${epoch(sql`clock_timestamp()`)} as now
      from khotan_breakers b where ${which}
    `,
    breakerRow,
  );
  return found.map((row) => ({
    plug: row.plug,
    tenant: row.tenant,
    alive: row.alive,
    now: row.now,
    state: {
      open: row.open,
      manual: row.manual,
      reason: row.reason,
      openedAt: row.opened_at,
      closedAt: row.closed_at,
      probeAt: row.probe_at,
      probe:
        row.probe_delivery_id && row.probe_token ? { deliveryId: row.probe_delivery_id, token: row.probe_token } : null,
      failures: row.failures,
      openings: row.openings,
      counted: row.counted,
    },
  }));
}

/** Read one and keep others from deciding about it until the transaction ends; made when it is not there. */
export async function lockBreaker(tx: Transaction, key: BreakerKey): Promise<StoredBreaker> {
  const mine = sql`b.plug = ${key.plug} and b.tenant = ${key.tenant} for update of b`;
  const [known] = await readBreakers(tx, mine);
  if (known) return known;
  await run(
    tx,
    sql`insert into khotan_breakers (plug, tenant) values (${key.plug}, ${key.tenant}) on conflict do nothing`,
  );
  const [made] = await readBreakers(tx, mine);
  if (!made) throw new Error("the breaker vanished between insert and read");
  return made;
}

export async function saveBreaker(tx: Transaction, key: BreakerKey, state: BreakerState): Promise<void> {
  const at = (ms: number | null) => sql`to_timestamp(${ms}::float8 / 1000)`;
  await run(
    tx,
    sql`
      update khotan_breakers set
        open = ${state.open}, manual = ${state.manual}, reason = ${state.reason}::text, opened_at = ${at(state.openedAt)},
        closed_at = ${at(state.closedAt)}, probe_at = ${at(state.probeAt)},
        probe_delivery_id = ${state.probe?.deliveryId ?? null}::uuid, probe_token = ${state.probe?.token ?? null}::uuid,
        failures = ${state.failures}, openings = ${state.openings},
        counted = ${state.counted && JSON.stringify(state.counted)}::text::jsonb, updated_at = now()
      where plug = ${key.plug} and tenant = ${key.tenant}
    `,
  );
}
