import { DEFAULT_TENANT } from "../../contract/index.ts";
import type { Publisher } from "../changes/publisher.ts";
import type { Clock } from "../clock.ts";
import type { Adapter } from "../database/adapter.ts";
import { KhotanConfigError, KhotanError } from "../errors.ts";
import { bindCache, type CacheTools } from "./bind-cache.ts";
import type { BoundCache } from "./bound-cache.ts";
import type { Cache } from "./cache.ts";

/** The caches an app declared. */
export interface Caches {
  readonly all: ReadonlyMap<string, Cache>;
  /** By name, or by the declaration itself, which knows the type of its values. @throws KhotanError `not_found` */
  open<Value = unknown>(cache: string | Cache<Value>, tenant?: string): BoundCache<Value>;
}

/** @throws KhotanConfigError when two have one name. */
export function createCaches(
  parts: { readonly adapter: Adapter; readonly clock: Clock; readonly publisher: Publisher },
  declared: readonly Cache[] = [],
): Caches {
  const all = new Map<string, Cache>();
  declared.forEach((cache, at) => {
    if (all.has(cache.name)) {
      throw new KhotanConfigError([{ path: `caches[${at}]`, message: `There are two caches named "${cache.name}".` }]);
    }
    all.set(cache.name, cache);
  });
  const tools: CacheTools = {
    adapter: parts.adapter,
    clock: parts.clock,
    loading: new Map(),
    changed: () => parts.publisher.publish("caches", null),
  };
  return {
    all,
    open<Value>(cache: string | Cache<Value>, tenant = DEFAULT_TENANT) {
      const name = typeof cache === "string" ? cache : cache.name;
      const found = all.get(name);
      if (!found) {
        throw new KhotanError("not_found", `There is no cache "${name}".`, {
          hint: `Registered are: ${[...all.keys()].join(", ") || "none"}. Add it to \`caches\` of the factory.`,
        });
      }
      // A declaration that was registered is the one that is found; by name alone, the type is the caller's word.
      return bindCache(tools, found as Cache<Value>, tenant);
    },
  };
}
