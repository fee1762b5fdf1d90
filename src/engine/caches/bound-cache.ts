import type { Executor } from "../database/adapter.ts";
import type { Cursor } from "./cursor.ts";
import type { Delta, DeltaOptions } from "./delta-skip.ts";

export interface CacheWriteOptions {
  /** Instead of the cache's own, in milliseconds. */
  readonly ttlMs?: number;
  /** Write as part of this transaction: it counts when, and only if, that commits. */
  readonly tx?: Executor;
}

/** A cache, for one tenant or for all. */
export interface BoundCache<Value = unknown> {
  readonly name: string;
  /** `null` in a global cache. */
  readonly tenant: string | null;
  /** `undefined` when there is none, its time is over, or it does not fit the schema. */
  get(key: string, options?: { readonly tx?: Executor }): Promise<Value | undefined>;
  /** Many at once, in one statement. */
  getMany(keys: readonly string[], options?: { readonly tx?: Executor }): Promise<Map<string, Value>>;
  /** @throws KhotanError `validation_failed` for what JSON or the schema cannot take */
  set(key: string, value: Value, options?: CacheWriteOptions): Promise<void>;
  setMany(entries: Iterable<readonly [string, Value]>, options?: CacheWriteOptions): Promise<void>;
  /** @returns whether there was one. */
  delete(key: string, options?: { readonly tx?: Executor }): Promise<boolean>;
  /** Remove everything, or what begins like this. @returns how many. */
  clear(prefix?: string): Promise<number>;
  /** The stored value, or what `load` makes, once at a time in this process. */
  getOrSet(key: string, load: () => Promise<Value> | Value, options?: CacheWriteOptions): Promise<Value>;
  /** One position of one reader, e.g. a page token. */
  cursor<C extends string | number | object = string>(key: string): Cursor<C>;
  /** Which records have changed since they were last written? */
  deltaSkip<R>(records: readonly R[], options: DeltaOptions<R>): Promise<Delta<R>>;
}
