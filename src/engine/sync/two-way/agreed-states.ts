import { sql } from "drizzle-orm";
import { z } from "zod";
import { digestOf } from "../../caches/delta-skip.ts";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import type { StateScope } from "../sync-states.ts";
import type { Fields } from "./decide.ts";

const fieldsText = z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text)));
const stateRow = z.object({ key: z.string(), fields: fieldsText });

const mine = ({ flowId, tenant, scope }: StateScope) =>
  sql`flow_id = ${flowId}::uuid and tenant = ${tenant} and scope = ${scope} and removed_at is null and fields is not null`;

/** What both sides last agreed on, by key; locked, so that nobody decides about the same record at the same moment. */
export async function readAgreed(
  tx: Transaction,
  scope: StateScope,
  keys: readonly string[],
): Promise<Map<string, Fields>> {
  const found = await rows(
    tx,
    sql`
      select key, fields::text from khotan_sync_states
      where ${mine(scope)} and key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))
      order by key for update
    `,
    stateRow,
  );
  return new Map(found.map(({ key, fields }) => [key, fields]));
}

export interface AgreedState {
  readonly key: string;
  readonly fields: Fields;
  /** The other side has not been told yet. */
  readonly pending: boolean;
}

/** Remember what both sides agree on. */
export async function writeAgreed(
  tx: Transaction,
  scope: StateScope,
  generation: string,
  states: readonly AgreedState[],
): Promise<void> {
  if (states.length === 0) return;
  const input = JSON.stringify(states.map((state) => ({ ...state, hash: digestOf(state.fields) })));
  await run(
    tx,
    sql`
      insert into khotan_sync_states as s (flow_id, tenant, scope, key, hash, fields, pending, generation)
      select ${scope.flowId}::uuid, ${scope.tenant}, ${scope.scope}, key, hash, fields, pending, ${generation}::uuid
      from jsonb_to_recordset(${input}::text::jsonb) as x(key text, hash text, fields jsonb, pending boolean)
      on conflict (flow_id, tenant, scope, key) do update set
        hash = excluded.hash, fields = excluded.fields, pending = excluded.pending,
        generation = greatest(s.generation, excluded.generation), removed_at = null, updated_at = now()
    `,
  );
}

/** Keys of records that are agreed on, in order, behind `after`. */
export async function agreedKeys(tx: Transaction, scope: StateScope, after: string, limit: number): Promise<string[]> {
  const found = await rows(
    tx,
    sql`select key from khotan_sync_states where ${mine(scope)} and key > ${after} order by key limit ${limit}`,
    z.object({ key: z.string() }),
  );
  return found.map(({ key }) => key);
}

export async function countAgreed(tx: Transaction, scope: StateScope): Promise<number> {
  const [row] = await rows(
    tx,
    sql`select count(*) as n from khotan_sync_states where ${mine(scope)}`,
    z.object({ n: z.coerce.number() }),
  );
  return row?.n ?? 0;
}

/** Some records whose other side has not been told yet, in order, behind `after`. */
export async function pendingStates(
  tx: Transaction,
  scope: StateScope,
  after: string,
  limit: number,
): Promise<{ readonly key: string; readonly fields: Fields }[]> {
  return await rows(
    tx,
    sql`
      select key, fields::text from khotan_sync_states
      where ${mine(scope)} and pending and key > ${after} order by key limit ${limit}
    `,
    stateRow,
  );
}
