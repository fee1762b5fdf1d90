import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

/** Everything that is kept encrypted for longer than minutes, with the key that sealed it. Consents end by themselves. */
const sealed = () => sql`
  select id, 'connections' as kind, key_id from khotan_connections where envelope is not null
  union all select id, 'wires', key_id from khotan_wires where envelope is not null
  union all select id, 'channels', envelope ->> 'keyId' from khotan_alert_channels
`;

const countRow = z.object({
  key_id: z.string(),
  kind: z.enum(["connections", "wires", "channels"]),
  count: z.coerce.number(),
});

/** How many records each key seals, by kind. */
export const countSealed = (executor: Pick<Executor, "execute">) =>
  rows(
    executor,
    sql`select coalesce(key_id, '') as key_id, kind, count(*) as count from (${sealed()}) s group by 1, 2`,
    countRow,
  );

const idRow = z.object({ id: z.string() });

interface OutdatedQuery {
  readonly keyId: string;
  readonly after: string | null;
  readonly upTo: string | null;
  readonly limit: number;
}

/** Ids of records that another key than this one seals, in their order, whatever their table. */
export async function outdatedIds(executor: Pick<Executor, "execute">, query: OutdatedQuery): Promise<string[]> {
  const { keyId, after, upTo, limit } = query;
  const found = await rows(
    executor,
    sql`
      select id::text as id from (${sealed()}) s where key_id is distinct from ${keyId}
        ${after === null ? sql`` : sql`and id > ${after}::uuid`} ${upTo === null ? sql`` : sql`and id <= ${upTo}::uuid`}
      order by s.id limit ${limit}
    `,
    idRow,
  );
  return found.map((row) => row.id);
}

/** The newest of them, and how many there are. */
export async function outdatedRange(
  executor: Pick<Executor, "execute">,
  keyId: string,
): Promise<{ readonly count: number; readonly newest: string | null }> {
  const [row] = await rows(
    executor,
    sql`
      select count(*) as count, (array_agg(id order by id desc))[1]::text as newest
      from (${sealed()}) s where key_id is distinct from ${keyId}
    `,
    z.object({ count: z.coerce.number(), newest: z.string().nullable() }),
  );
  return row ?? { count: 0, newest: null };
}
