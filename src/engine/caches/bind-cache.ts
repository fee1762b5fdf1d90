import type { Clock } from "../clock.ts";
import type { Adapter, Executor } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import type { BoundCache, CacheWriteOptions } from "./bound-cache.ts";
import type { Cache } from "./cache.ts";
import { type CachePlace, GLOBAL_TENANT, nowOf, readEntries, removeEntries, writeEntries } from "./cache-store.ts";
import { CURSOR_PREFIX } from "./cursor.ts";
import { DELTA_PREFIX, digestOf } from "./delta-skip.ts";

export interface CacheTools {
  readonly adapter: Adapter;
  readonly clock: Clock;
  /** Loads under way in this process, by place and key. */
  readonly loading: Map<string, Promise<unknown>>;
  /** Something was written. */
  readonly changed: () => void;
}

/** A cache ready to use, for one tenant. A global cache has the same entries for every tenant. */
export function bindCache<Value>(tools: CacheTools, cache: Cache<Value>, tenant: string): BoundCache<Value> {
  const { adapter, clock, loading, changed } = tools;
  const place: CachePlace = { cache: cache.name, tenant: cache.scope === "global" ? GLOBAL_TENANT : tenant };

  /** What does not fit the schema (any longer) counts as missing. */
  function fits(value: unknown): { readonly value: Value } | null {
    const checked = cache.schema?.safeParse(value);
    // Without a schema the type is the author's own word.
    if (!checked) return { value: value as Value };
    return checked.success ? { value: checked.data } : null;
  }

  function check(key: string, value: Value): unknown {
    const checked = cache.schema?.safeParse(value);
    if (!checked || checked.success) return value;
    throw new KhotanError("validation_failed", `"${key}" does not fit the schema of the cache "${cache.name}".`, {
      issues: checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
    });
  }

  async function getMany(keys: readonly string[], tx: Executor = adapter.db): Promise<Map<string, Value>> {
    if (keys.length === 0) return new Map();
    const found = await readEntries(tx, place, keys, nowOf(clock));
    return new Map(
      [...found].flatMap(([key, stored]) => {
        const fit = fits(stored);
        return fit ? [[key, fit.value] as const] : [];
      }),
    );
  }

  async function put(entries: ReadonlyMap<string, unknown>, { ttlMs, tx }: CacheWriteOptions): Promise<void> {
    await writeEntries(tx ?? adapter.db, place, entries, { ttlMs: ttlMs ?? cache.ttlMs, now: nowOf(clock) });
    changed();
  }

  async function load(key: string, make: () => Promise<Value> | Value, options: CacheWriteOptions): Promise<Value> {
    const stored = (await getMany([key], options.tx)).get(key);
    if (stored !== undefined) return stored;
    const value = await make();
    await put(new Map([[key, check(key, value)]]), options);
    return value;
  }

  return {
    name: cache.name,
    tenant: cache.scope === "global" ? null : tenant,
    get: async (key, { tx } = {}) => (await getMany([key], tx)).get(key),
    getMany: (keys, { tx } = {}) => getMany(keys, tx),
    async set(key, value, options = {}) {
      await put(new Map([[key, check(key, value)]]), options);
    },
    setMany: async (entries, options = {}) => {
      await put(new Map([...entries].map(([key, value]) => [key, check(key, value)])), options);
    },
    async delete(key, { tx = adapter.db } = {}) {
      const gone = await removeEntries(tx, place, { key });
      if (gone > 0) changed();
      return gone > 0;
    },
    async clear(prefix = "") {
      const gone = await removeEntries(adapter.db, place, { prefix });
      if (gone > 0) changed();
      return gone;
    },
    async getOrSet(key, make, options = {}) {
      // Inside a transaction nobody else may wait for what may be undone.
      if (options.tx) return await load(key, make, options);
      const at = `${place.cache} ${place.tenant} ${key}`;
      const running = loading.get(at) ?? load(key, make, options).finally(() => loading.delete(at));
      loading.set(at, running);
      // Only loads of this cache stand under its name.
      return (await running) as Value;
    },
    cursor<C extends string | number | object>(key: string) {
      const at = CURSOR_PREFIX + key;
      return {
        // What was put there by `set` is of its type.
        get: async () => (await readEntries(adapter.db, place, [at], nowOf(clock))).get(at) as C | undefined,
        async set(position: C, { tx = adapter.db } = {}) {
          // A position has no time to live: forgetting it would read everything again.
          await writeEntries(tx, place, new Map([[at, position]]), { ttlMs: null, now: nowOf(clock) });
          changed();
        },
        async reset() {
          await removeEntries(adapter.db, place, { key: at });
          changed();
        },
      };
    },
    async deltaSkip(records, { key, hash = digestOf, name = "default" }) {
      const fresh = new Map(records.map((record) => [`${DELTA_PREFIX}${name}:${key(record)}`, record]));
      const hashes = new Map([...fresh].map(([at, record]) => [at, hash(record)]));
      const known =
        fresh.size === 0 ? new Map() : await readEntries(adapter.db, place, [...fresh.keys()], nowOf(clock));
      const changedKeys = [...fresh.keys()].filter((at) => known.get(at) !== hashes.get(at));
      return {
        changed: changedKeys.flatMap((at) => {
          const record = fresh.get(at);
          return record === undefined ? [] : [record];
        }),
        skipped: records.length - changedKeys.length,
        async commit(tx) {
          const written = new Map(changedKeys.map((at) => [at, hashes.get(at)]));
          await writeEntries(tx, place, written, { ttlMs: cache.ttlMs, now: nowOf(clock) });
          changed();
        },
      };
    },
  };
}
