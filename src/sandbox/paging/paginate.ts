import type { SandboxContext } from "../http/sandbox-env.ts";
import type { ListFilter } from "../store/collection.ts";

/** What paging needs to know of an item. */
export interface Pageable {
  id: string;
  updatedAt: string;
}

/** A style of paging: picks the page that the query asks for out of all items and answers it. */
export type Paginate = (c: SandboxContext, items: readonly Pageable[], sort: ListFilter["sort"]) => Response;

/** The items from `start` on; under the "repeat page" fault the page before them comes along once more. */
export function sliceOf<Item>(c: SandboxContext, items: readonly Item[], start: number, limit: number): Item[] {
  const from = c.get("repeatPage") ? Math.max(0, start - limit) : start;
  return items.slice(from, start + limit);
}
