import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../../database/adapter.ts";
import { releaseChosen } from "./release-waiting.ts";

/** The place in a queue of keys where the last look ended. */
export interface KeyCursor {
  readonly handlerId: string;
  readonly tenant: string;
  readonly orderKey: string;
}

/** So many keys are looked at in one round of the sweep. */
const KEYS_PER_ROUND = 500;

/**
 * The event that frees a key: deliveries have ended, so the first unfinished one
 * of each of their keys may run, if it waits for nothing but its turn.
 *
 * Needs no lock. Once nothing earlier is unfinished, nothing earlier can appear:
 * places are given under the key's lock. So it is never wrong to let the first
 * one go; and whoever stores a delivery that must wait looks here once more
 * after its commit, so that of two who miss each other one sees the other.
 */
export const releaseFollowers = (executor: Pick<Executor, "execute">, endedIds: readonly string[]) =>
  releaseHeads(
    executor,
    sql`
      select distinct handler_id, tenant, order_key from khotan_deliveries
      where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(endedIds)}::text::jsonb))
        and order_no is not null
    `,
  );

/** The same for keys as such. @param keys `[handlerId, tenant, orderKey]` as JSON, see `orderKeyOf`. */
export const releaseKeys = (executor: Pick<Executor, "execute">, keys: readonly string[]) =>
  releaseHeads(
    executor,
    sql`
      select distinct (key->>0)::uuid as handler_id, key->>1 as tenant, key->>2 as order_key
      from jsonb_array_elements(${`[${keys.join(",")}]`}::text::jsonb) as key
    `,
  );

/** @returns ids of those let go. */
const releaseHeads = (executor: Pick<Executor, "execute">, keys: SQL): Promise<string[]> =>
  releaseChosen(
    executor,
    sql`
      select d.id from (${keys}) k
      cross join lateral (
        select n.id from khotan_deliveries n
        where n.handler_id = k.handler_id and n.tenant = k.tenant and n.order_key = k.order_key
          and n.order_no is not null and n.status in ('pending', 'running', 'failed')
        order by n.order_no limit 1
      ) head
      join khotan_deliveries d on d.id = head.id
      where d.held = 'order'
      for update of d skip locked
    `,
  );

const keyRow = z.object({ handler_id: z.string(), tenant: z.string(), order_key: z.string() });

/**
 * The safety net: look at keys in which somebody waits, a few hundred a round,
 * and let their first ones go. It finds what a process left undone that died
 * between the end of a delivery and the release of the next.
 *
 * Steps from key to key over the index, so a key's length does not matter.
 *
 * @returns where to go on in the next round; `null` to begin anew.
 */
export async function sweepKeys(
  executor: Pick<Executor, "execute">,
  from: KeyCursor | null,
): Promise<{ readonly cursor: KeyCursor | null; readonly released: number }> {
  const first = from
    ? sql`and (handler_id, tenant, order_key) > (${from.handlerId}::uuid, ${from.tenant}, ${from.orderKey})`
    : sql``;
  const found = await rows(
    executor,
    sql`
      with recursive queued as (
        (
          select handler_id, tenant, order_key, 1 as n from khotan_deliveries
          where held = 'order' ${first} order by handler_id, tenant, order_key limit 1
        )
        union all
        select next.handler_id, next.tenant, next.order_key, q.n + 1 from queued q
        cross join lateral (
          select d.handler_id, d.tenant, d.order_key from khotan_deliveries d
          where d.held = 'order' and (d.handler_id, d.tenant, d.order_key) > (q.handler_id, q.tenant, q.order_key)
          order by d.handler_id, d.tenant, d.order_key limit 1
        ) next
        where q.n < ${KEYS_PER_ROUND}
      )
      select handler_id::text, tenant, order_key from queued order by n
    `,
    keyRow,
  );
  if (found.length === 0) return { cursor: null, released: 0 };
  const keys = found.map((row) => JSON.stringify([row.handler_id, row.tenant, row.order_key]));
  const released = await releaseKeys(executor, keys);
  const last = found.at(-1);
  const cursor = last && { handlerId: last.handler_id, tenant: last.tenant, orderKey: last.order_key };
  return { cursor: found.length < KEYS_PER_ROUND ? null : (cursor ?? null), released: released.length };
}
