import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, run, type Transaction } from "../../database/adapter.ts";
import type { StateScope } from "../sync-states.ts";
import type { Fields } from "./decide.ts";
import type { PlatformSide } from "./platform-side.ts";

/** A record of ours that the other side is to make. */
export interface Creation {
  readonly localKey: string;
  readonly fields: Fields;
  /** It was asked for before, and nobody knows what became of that. */
  readonly called: boolean;
}

const mine = ({ flowId, tenant, scope }: StateScope) =>
  sql`flow_id = ${flowId}::uuid and tenant = ${tenant} and scope = ${scope}`;
const among = (keys: readonly string[]) =>
  sql`local_key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))`;

const creationRow = z.object({
  local_key: z.string(),
  fields: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
  called: z.boolean(),
});

/** Want these made, each once. What is wanted already keeps the content that may have been sent. */
export async function wantCreations(
  tx: Transaction,
  scope: StateScope,
  runId: string | null,
  records: readonly { readonly key: string; readonly fields: Fields }[],
): Promise<void> {
  if (records.length === 0) return;
  const input = JSON.stringify(records.map(({ key, fields }) => ({ key, fields })));
  await run(
    tx,
    sql`
      insert into khotan_sync_creations (flow_id, tenant, scope, local_key, fields, run_id)
      select ${scope.flowId}::uuid, ${scope.tenant}, ${scope.scope}, key, fields, ${runId}::uuid
      from jsonb_to_recordset(${input}::text::jsonb) as x(key text, fields jsonb)
      on conflict do nothing
    `,
  );
}

/**
 * Those that are wanted, in order, behind `after`. What was refused, or never asked for, goes as the record is by now; one
 * that is gone meanwhile is wanted no more.
 */
export async function openCreations<C>(
  tx: Transaction,
  scope: StateScope,
  side: PlatformSide<C>,
  { after, limit, calledOnly }: { readonly after: string; readonly limit: number; readonly calledOnly: boolean },
  tools: { readonly ctx: C },
): Promise<Creation[]> {
  const found = await rows(
    tx,
    sql`
      select local_key, fields::text, called_at is not null as called from khotan_sync_creations
      where ${mine(scope)} and local_key > ${after} and (called_at is not null or not ${calledOnly}::boolean) order by local_key limit ${limit}
    `,
    creationRow,
  );
  const fresh = found.filter(({ called }) => !called).map((one) => one.local_key);
  // Where names are kept in a field of their own, those without one have just been listed anew.
  if (fresh.length === 0 || side.unnamed) return found.map(asCreation);
  const now = new Map((await side.find(fresh, tx, tools)).map(({ key, fields }) => [key, fields]));
  await forgetCreations(
    tx,
    scope,
    fresh.filter((key) => !now.has(key)),
  );
  const input = JSON.stringify([...now].map(([key, fields]) => ({ key, fields })));
  await run(
    tx,
    sql`
      update khotan_sync_creations c set fields = x.fields
      from jsonb_to_recordset(${input}::text::jsonb) as x(key text, fields jsonb)
      where ${mine(scope)} and c.local_key = x.key
    `,
  );
  return found.flatMap((row): Creation[] => {
    if (row.called) return [asCreation(row)];
    const fields = now.get(row.local_key);
    return fields === undefined ? [] : [{ ...asCreation(row), fields }];
  });
}

const asCreation = ({ local_key, fields, called }: z.output<typeof creationRow>): Creation => ({
  localKey: local_key,
  fields,
  called,
});

/** From now on nobody knows whether they were made, until there is an answer. */
export async function callCreations(tx: Transaction, scope: StateScope, keys: readonly string[]): Promise<void> {
  await run(tx, sql`update khotan_sync_creations set called_at = now() where ${mine(scope)} and ${among(keys)}`);
}

/** Their answer was no: they were not made, and may be asked for with another content. */
export async function refuseCreations(tx: Transaction, scope: StateScope, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await run(tx, sql`update khotan_sync_creations set called_at = null where ${mine(scope)} and ${among(keys)}`);
}

/** What was not asked for yet, or was refused: those that are still wanted are listed anew. */
export async function dropUncalled(tx: Transaction, scope: StateScope): Promise<void> {
  await run(tx, sql`delete from khotan_sync_creations where ${mine(scope)} and called_at is null`);
}

export async function forgetCreations(tx: Transaction, scope: StateScope, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await run(tx, sql`delete from khotan_sync_creations where ${mine(scope)} and ${among(keys)}`);
}

/** Those of these keys that the source ever gave, or that were agreed on; also when they are gone since. */
export async function knownKeys(tx: Transaction, scope: StateScope, keys: readonly string[]): Promise<Set<string>> {
  const found = await rows(
    tx,
    sql`
      select key from khotan_sync_states
      where ${mine(scope)} and key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb))
    `,
    z.object({ key: z.string() }),
  );
  return new Set(found.map(({ key }) => key));
}
