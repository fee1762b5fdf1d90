import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run, type Transaction } from "../database/adapter.ts";

/** Whose records: a flow's, of one tenant, and of one variant when those count for themselves. */
export interface StateScope {
  readonly flowId: string;
  readonly tenant: string;
  readonly scope: string;
}

const mine = ({ flowId, tenant, scope }: StateScope) =>
  sql`s.flow_id = ${flowId}::uuid and s.tenant = ${tenant} and s.scope = ${scope}`;

/** Remember that these records were seen by a window, and what they were. One statement. */
export async function touchStates(
  tx: Transaction,
  scope: StateScope,
  generation: string,
  records: readonly { readonly key: string; readonly hash: string }[],
): Promise<void> {
  if (records.length === 0) return;
  const input = JSON.stringify(records.map(({ key, hash }) => ({ key, hash })));
  await run(
    tx,
    sql`
      insert into khotan_sync_states as s (flow_id, tenant, scope, key, hash, generation)
      select ${scope.flowId}::uuid, ${scope.tenant}, ${scope.scope}, key, hash, ${generation}::uuid
      from jsonb_to_recordset(${input}::text::jsonb) as x(key text, hash text)
      on conflict (flow_id, tenant, scope, key) do update set
        hash = excluded.hash, generation = greatest(s.generation, excluded.generation), removed_at = null, updated_at = now()
    `,
  );
}

/** What is remembered of these keys, by key. */
export async function readHashes(
  tx: Pick<Transaction, "execute">,
  scope: StateScope,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const found = await rows(
    tx,
    sql`
      select s.key, s.hash from khotan_sync_states s
      where ${mine(scope)} and s.removed_at is null
        and s.key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))
    `,
    z.object({ key: z.string(), hash: z.string() }),
  );
  return new Map(found.map(({ key, hash }) => [key, hash]));
}

/** Remember that these are gone. */
export async function markStatesGone(tx: Transaction, scope: StateScope, keys: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      update khotan_sync_states s set removed_at = now(), updated_at = now()
      where ${mine(scope)} and s.removed_at is null
        and s.key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))
    `,
  );
}

const countRow = z.object({ live: z.coerce.number(), unseen: z.coerce.number() });
/** A window's ids are ordered by time, so what a later window saw has been seen as well. */
const unseen = (generation: string) => sql`(s.generation is null or s.generation < ${generation}::uuid)`;

/** How many records there are, and how many of them a whole window did not see. */
export async function countUnseen(tx: Transaction, scope: StateScope, generation: string) {
  const [counted] = await rows(
    tx,
    sql`
      select count(*) as live, count(*) filter (where ${unseen(generation)}) as unseen
      from khotan_sync_states s where ${mine(scope)} and s.removed_at is null
    `,
    countRow,
  );
  return counted ?? { live: 0, unseen: 0 };
}

/** Some of the keys that a whole window did not see, in order, behind `after`. */
export async function unseenKeys(
  tx: Transaction,
  scope: StateScope,
  generation: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const found = await rows(
    tx,
    sql`
      select s.key from khotan_sync_states s
      where ${mine(scope)} and s.removed_at is null and ${unseen(generation)} and s.key > ${after}
      order by s.key limit ${limit}
    `,
    z.object({ key: z.string() }),
  );
  return found.map(({ key }) => key);
}
