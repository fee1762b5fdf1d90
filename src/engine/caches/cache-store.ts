import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import type { Clock } from "../clock.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import { parseTextInTurns } from "../events/parse-json-in-turns.ts";
import { storableJson } from "../events/storable-json.ts";

/** Where a cache's entries are. */
export interface CachePlace {
  readonly cache: string;
  /** `*` for a global cache. */
  readonly tenant: string;
}

export const GLOBAL_TENANT = "*";
const MAX_KEY = 512;
const MAX_BYTES = 4 * 1024 * 1024;

const jsonText = z.string().nullable();

/** Live entries of these keys, as JSON. */
export async function readEntries(
  executor: Pick<Executor, "execute">,
  { cache, tenant }: CachePlace,
  keys: readonly string[],
  now: Date,
): Promise<Map<string, unknown>> {
  const found = await rows(
    executor,
    sql`
      select key, value::text as value from khotan_cache_entries
      where cache = ${cache} and tenant = ${tenant}
        and key in (select jsonb_array_elements_text(${JSON.stringify(keys.map(checkKey))}::text::jsonb))
        and (expires_at is null or expires_at > ${now.toISOString()}::timestamptz)
    `,
    z.object({ key: z.string(), value: jsonText }),
  );
  const entries = new Map<string, unknown>();
  for (const { key, value } of found) entries.set(key, value === null ? null : await parseTextInTurns(value));
  return entries;
}

/**
 * Write entries in one statement.
 *
 * @returns the newest id, for the announcement; `null` when there was nothing to write.
 * @throws KhotanError `validation_failed`, `payload_too_large`
 */
export async function writeEntries(
  executor: Pick<Executor, "execute">,
  { cache, tenant }: CachePlace,
  entries: ReadonlyMap<string, unknown>,
  { ttlMs, now }: { readonly ttlMs: number | null; readonly now: Date },
): Promise<void> {
  if (entries.size === 0) return;
  const expires = ttlMs === null ? null : new Date(now.getTime() + ttlMs).toISOString();
  // In one order, so that two writers of the same keys wait for each other and never crosswise.
  const list = [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      const text = storableJson(value) ?? (value === null ? "null" : refuseValue(key));
      if (Buffer.byteLength(text) > MAX_BYTES) {
        throw new KhotanError("payload_too_large", `The value of "${key}" is larger than ${MAX_BYTES >> 20} MB.`);
      }
      return `{"id":"${newUuid()}","key":${JSON.stringify(checkKey(key))},"size":${Buffer.byteLength(text)},"value":${text}}`;
    });
  await executor.execute(sql`
    insert into khotan_cache_entries as e (id, cache, tenant, key, value, size, expires_at, created_at, updated_at)
    select id, ${cache}, ${tenant}, key, value, size, ${expires}::text::timestamptz, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${`[${list.join(",")}]`}::text::jsonb) as r(id uuid, key text, value jsonb, size integer)
    on conflict (cache, tenant, key) do update
      set value = excluded.value, size = excluded.size, expires_at = excluded.expires_at, updated_at = excluded.updated_at
  `);
}

/** @returns how many are gone. */
export async function removeEntries(
  executor: Pick<Executor, "execute">,
  { cache, tenant }: CachePlace,
  which: { readonly key: string } | { readonly prefix: string },
): Promise<number> {
  const condition = "key" in which ? sql`key = ${which.key}` : sql`starts_with(key, ${which.prefix})`;
  const [removed] = await rows(
    executor,
    sql`
      with removed as (
        delete from khotan_cache_entries where cache = ${cache} and tenant = ${tenant} and ${condition} returning 1
      ) select count(*)::int as count from removed
    `,
    z.object({ count: z.number() }),
  );
  return removed?.count ?? 0;
}

function checkKey(key: string): string {
  if (key !== "" && key.length <= MAX_KEY && !key.includes("\u0000") && key.isWellFormed()) return key;
  throw new KhotanError("validation_failed", `A key of a cache is 1 to ${MAX_KEY} characters that can be stored.`);
}

function refuseValue(key: string): never {
  throw new KhotanError(
    "validation_failed",
    `The value of "${key}" cannot be stored: it is undefined, or has NUL or half characters.`,
  );
}

export const nowOf = (clock: Clock): Date => new Date(clock.now());
