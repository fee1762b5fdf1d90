import { clearCache, listCacheEntries, listCaches } from "../../caches/list-caches.ts";
import type { Handlers } from "../route-handler.ts";

export const cacheRoutes: Pick<Handlers, "listCaches" | "listCacheEntries" | "clearCache"> = {
  listCaches: async ({ engine, principal, query }) => ({ items: await listCaches(engine, principal, query) }),

  listCacheEntries: ({ engine, principal, params, query }) =>
    listCacheEntries(engine, principal, { ...params, ...query }),

  clearCache: ({ engine, principal, params, query, requestId }) =>
    clearCache(engine, { ...params, ...query }, { actor: principal, requestId }),
};
