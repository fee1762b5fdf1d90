import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Publisher } from "../changes/publisher.ts";
import { type Adapter, rows, run, type Transaction } from "../database/adapter.ts";
import { decide } from "./decide.ts";
import type { LimitBank, LimitKey } from "./limit-bank.ts";
import { EMPTY_STATE, readState } from "./limit-state.ts";

const rowSchema = z.object({ state: z.unknown(), now: z.coerce.number() });

/** @example limitId({ plug: "stripe", tenant: "acme" }) // "stripe/acme" */
export const limitId = ({ plug, tenant }: LimitKey): string => `${plug}/${tenant}`;

/** Limits in Postgres, by its clock. */
export function postgresBank(adapter: Adapter, publisher: Pick<Publisher, "publish">): LimitBank {
  return {
    ask: (key, rules, ask) =>
      adapter.db.transaction(async (tx) => {
        const row = (await lock(tx, key)) ?? (await make(tx, key));
        const { state, answer } = decide(readState(row.state), rules, ask, row.now);
        await run(
          tx,
          sql`
            update khotan_limits set state = ${JSON.stringify(state)}::text::jsonb, updated_at = now()
            where plug = ${key.plug} and tenant = ${key.tenant}
          `,
        );
        return answer;
      }),
    tell: (key) => publisher.publish("limits", limitId(key)),
  };
}

/**
 * Everybody who shares this limit takes turns on its one row, for two short statements: what is decided in between
 * depends on all that others were given before. Read committed is enough: the row is read again once the lock is had.
 */
async function lock(tx: Transaction, { plug, tenant }: LimitKey) {
  const query = sql`
    select state, extract(epoch from clock_timestamp())::float8 * 1000 as now
    from khotan_limits where plug = ${plug} and tenant = ${tenant} for update
  `;
  const [row] = await rows(tx, query, rowSchema);
  return row;
}

async function make(tx: Transaction, key: LimitKey) {
  await run(
    tx,
    sql`
      insert into khotan_limits (plug, tenant, state)
      values (${key.plug}, ${key.tenant}, ${JSON.stringify(EMPTY_STATE)}::text::jsonb) on conflict do nothing
    `,
  );
  const row = await lock(tx, key);
  if (!row) throw new Error("the limit vanished between insert and read");
  return row;
}
