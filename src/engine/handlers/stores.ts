import type { BoundCache } from "../caches/bound-cache.ts";
import type { Cache } from "../caches/cache.ts";
import type { MapFields } from "../field-mappings/open-map.ts";
import type { BoundMapping } from "../resources/bound-mapping.ts";
import type { Resource } from "../resources/resource.ts";

/** What handlers and flows keep things in. Within `ctx.transaction` all of it is part of that transaction. */
export interface Stores {
  /** A cache of this tenant. */
  cache<Value = unknown>(cache: string | Cache<Value>): BoundCache<Value>;
  /** Identities of a resource's records across plugs, for this tenant. */
  mapping<Field extends string = string>(resource: string | Resource<Field>): BoundMapping<Field>;
  /**
   * Make target records of source records by a field mapping, in the version that is in force for this tenant when the
   * attempt first asks; the run notes which it was. What cannot be mapped is logged, and counted as `failed` in a flow.
   *
   * @example const { values } = await ctx.map("products", page.items);
   */
  readonly map: MapFields;
}
