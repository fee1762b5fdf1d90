import { sql } from "drizzle-orm";
import { z } from "zod";
import { type CacheEntryRecord, type CacheRecord, encodeId, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { cappedCount, EXACT_COUNT } from "../database/capped-count.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { KhotanError } from "../errors.ts";
import { GLOBAL_TENANT, nowOf } from "./cache-store.ts";

type Parts = Pick<Engine, "adapter" | "caches" | "clock">;

/** Which entries a principal may see; those of global caches only who sees every tenant. */
const visible = (principal: Principal, tenant: string | undefined) => {
  if (tenant !== undefined) return sql`tenant = ${tenant}`;
  if (principal.tenants === "*") return sql`true`;
  if (principal.tenants.length === 0) return sql`false`;
  return sql`tenant in (${sql.join(
    principal.tenants.map((one) => sql`${one}`),
    sql`, `,
  )})`;
};

/** Caches and how much is in them, by name: the declared ones, and those that still have entries. */
export async function listCaches(
  engine: Parts,
  principal: Principal,
  { tenant }: { readonly tenant?: string | undefined },
): Promise<CacheRecord[]> {
  const { db } = engine.adapter;
  // A jump from name to name along the index: there may be millions of entries and a handful of names.
  const stored = await rows(
    db,
    sql`
      with recursive names as (
        (select cache from khotan_cache_entries order by cache limit 1)
        union all
        select (select e.cache from khotan_cache_entries e where e.cache > names.cache order by e.cache limit 1)
        from names where names.cache is not null
      ) select cache from names where cache is not null
    `,
    z.object({ cache: z.string() }),
  );
  const names = new Set([...engine.caches.all.keys(), ...stored.map(({ cache }) => cache)]);
  const now = nowOf(engine.clock).toISOString();
  const found = await Promise.all(
    [...names].sort().map(async (name): Promise<CacheRecord> => {
      const declared = engine.caches.all.get(name);
      const live = sql`khotan_cache_entries where cache = ${name} and ${visible(principal, tenant)} and (expires_at is null or expires_at > ${now}::timestamptz)`;
      const { count, estimated } = await cappedCount(db, sql`select from ${live}`);
      const [some] = await rows(
        db,
        sql`select coalesce(sum(size), 0) as bytes, count(*) as seen from (select size from ${live} limit ${EXACT_COUNT}) sampled`,
        z.object({ bytes: z.coerce.number(), seen: z.coerce.number() }),
      );
      const { bytes, seen } = some ?? { bytes: 0, seen: 0 };
      return {
        name,
        scope: declared?.scope ?? "tenant",
        ttlMs: declared?.ttlMs ?? null,
        registered: declared !== undefined,
        entries: count,
        bytes: estimated && seen > 0 ? Math.round((bytes / seen) * count) : bytes,
        estimated,
      };
    }),
  );
  // What another tenant left behind in a cache that is gone is nobody else's business.
  return found.filter((one) => one.registered || one.entries > 0);
}

const SHOWN_BYTES = 4_096;

const entryRow = z.object({
  id: z.string(),
  cache: z.string(),
  tenant: z.string(),
  key: z.string(),
  value: z.string().nullable(),
  size: z.number(),
  expires_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

const iso = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`);

/** A cache's live entries, newest first. @throws KhotanError `not_found`, `invalid_cursor` */
export async function listCacheEntries(
  engine: Parts,
  principal: Principal,
  query: {
    readonly name: string;
    readonly tenant?: string | undefined;
    readonly key?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<CacheEntryRecord>> {
  const { name, tenant, key, cursor, limit } = query;
  await requireCache(engine, principal, name);
  const whole = key !== undefined;
  const found = await rows(
    engine.adapter.db,
    sql`
      select id::text, cache, tenant, key, size, case when ${whole}::boolean or size <= ${SHOWN_BYTES} then value::text end as value,
        ${iso("expires_at")}, ${iso("created_at")}, ${iso("updated_at")}
      from khotan_cache_entries
      where cache = ${name} and ${visible(principal, tenant)}
        and (expires_at is null or expires_at > ${nowOf(engine.clock).toISOString()}::timestamptz)
        ${whole ? sql`and key = ${key}` : sql``}
        ${cursor ? sql`and id < ${decodeCursor("cache-entries", cursor)}::uuid` : sql``}
      order by id desc limit ${limit + 1}
    `,
    entryRow,
  );
  return toPage("cache-entries", found, limit, (row) => ({
    id: encodeId("cacheEntry", row.id),
    cache: row.cache,
    tenant: row.tenant,
    key: row.key,
    value: row.value === null ? null : JSON.parse(row.value),
    truncated: !whole && row.size > SHOWN_BYTES,
    size: row.size,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}

/** Remove one entry or all of a tenant. @returns how many. @throws KhotanError `not_found`, `forbidden` */
export async function clearCache(
  engine: Parts,
  what: { readonly name: string; readonly tenant?: string | undefined; readonly key?: string | undefined },
  by: { readonly actor: Principal; readonly requestId: string },
): Promise<{ removed: number }> {
  const { name, tenant, key } = what;
  await requireCache(engine, by.actor, name);
  const scope = engine.caches.all.get(name)?.scope;
  if (scope === "global" && by.actor.tenants !== "*") {
    throw new KhotanError("forbidden", "This cache belongs to every tenant, and you may see only some.");
  }
  return await engine.adapter.db.transaction(async (tx) => {
    const [gone] = await rows(
      tx,
      sql`
        with gone as (
          delete from khotan_cache_entries
          where cache = ${name} and ${scope === "global" ? sql`tenant = ${GLOBAL_TENANT}` : visible(by.actor, tenant)}
            ${key === undefined ? sql`` : sql`and key = ${key}`}
          returning 1
        ) select count(*)::int as count from gone
      `,
      z.object({ count: z.number() }),
    );
    const removed = gone?.count ?? 0;
    await writeAudit(tx, {
      ...by,
      action: "cache.clear",
      tenant: tenant ?? null,
      target: name,
      data: { removed, ...(key === undefined ? {} : { key }) },
    });
    await announce(tx, "caches", null);
    return { removed };
  });
}

async function requireCache(engine: Parts, principal: Principal, name: string): Promise<void> {
  if (engine.caches.all.has(name)) return;
  const known = await listCaches(engine, principal, {});
  if (known.some((one) => one.name === name)) return;
  throw new KhotanError("not_found", `There is no cache "${name}".`, {
    hint: `There are: ${known.map((one) => one.name).join(", ") || "none"}.`,
  });
}
