/** Values that are kept between runs. */
export type { BoundCache, CacheWriteOptions } from "./bound-cache.ts";
export { type Cache, type CacheOptions, cache } from "./cache.ts";
export type { Cursor } from "./cursor.ts";
export type { Delta, DeltaOptions } from "./delta-skip.ts";
