import { createHash } from "node:crypto";
import { type ItemsAt, itemsAt, type PageAnswer, type PagePlace, type Pagination, valueAt } from "./pagination.ts";

interface CountedOptions {
  readonly items?: ItemsAt;
  /** Where the number of all items is in the body, e.g. `meta.total`. */
  readonly total?: string;
  /** Where the body says whether there is more, e.g. `has_more`. */
  readonly hasMore?: string;
  /**
   * When a page without `total` and `hasMore` is the last: `empty` (default; costs one more call, and is right also when the
   * API gives fewer items than asked for) or `short`, a page with fewer items than asked for.
   */
  readonly stopAt?: "empty" | "short";
}

/**
 * Skip a number of items: `?limit=100&offset=200`.
 *
 * @example pagination.offset({ limit: 100, total: "meta.total" })
 */
export function offset(
  options: CountedOptions & {
    /** Items per page; default 100. */
    readonly limit?: number;
    /** Default `limit`. */
    readonly limitParam?: string;
    /** Default `offset`. Elasticsearch and OData say `from` and `$skip`. */
    readonly offsetParam?: string;
    /**
     * Read so many items of each page again with the next one, to notice that the list has moved: without it, an item that
     * is deleted from a page already read makes another one slip through. What moved further is gone back for. Items may
     * come twice then. Default 0; fewer than `limit`.
     */
    readonly overlap?: number;
  } = {},
): Pagination {
  const { limit = 100, limitParam = "limit", offsetParam = "offset", overlap = 0 } = options;
  if (!(overlap >= 0 && overlap < limit)) throw new TypeError("`overlap` must be 0 or more, and less than `limit`.");
  return {
    kind: "offset",
    items: itemsAt(options.items),
    request: (place) => ({ query: { [limitParam]: limit, [offsetParam]: offsetOf(place).at } }),
    next: (answer, place): PagePlace | null => {
      const { at, tail, back, wide } = offsetOf(place);
      const { items } = answer;
      // An API whose first page holds more than was asked for does so always; where only a later one does, a page before it
      // came once more, and what stands behind must not be skipped.
      const always = items.length > limit && (at === 0 || wide);
      // By what came and not by what was asked for: an API may give fewer than that, and none may be skipped.
      const reached = at + (always ? items.length : Math.min(items.length, limit));
      if (overlap === 0) {
        if (isLast(options, answer, reached, limit)) return null;
        return always ? { at: reached, tail: "", back, wide: 1 } : reached;
      }
      const digests = items.map(digestOf);
      const met = at === 0 || tail === "" || digests.some((digest) => tail.includes(digest));
      // Counted, so that a place that is passed once more is not taken for a loop.
      if (!met) return { at: Math.max(0, at - limit), tail, back: back + 1, returned: 1 };
      // Nothing behind what was read before.
      if (at > 0 && digests.every((digest) => tail.includes(digest))) return null;
      if (isLast(options, answer, reached, limit)) return null;
      const again = Math.min(overlap, items.length - 1);
      const after = { at: reached - again, tail: again === 0 ? "" : digests.slice(-again).join(","), back };
      return always ? { ...after, wide: 1 } : after;
    },
    mayRepeat: (place) => typeof place === "object" && place?.returned === 1,
  };
}

/**
 * How many to skip, digests of the items from there on as they were, how often the walk went back, and whether pages hold
 * more than is asked for.
 */
function offsetOf(place: PagePlace | null): { at: number; tail: string; back: number; wide: boolean } {
  if (typeof place !== "object" || place === null) return { at: Number(place ?? 0), tail: "", back: 0, wide: false };
  return { at: Number(place.at), tail: String(place.tail), back: Number(place.back ?? 0), wide: place.wide === 1 };
}

const digestOf = (item: unknown): string =>
  createHash("sha1")
    .update(JSON.stringify(item) ?? "")
    .digest("base64url")
    .slice(0, 12);

/**
 * Number the pages: `?page=2&per_page=100`.
 *
 * @example pagination.page({ size: 100, totalPages: "meta.last_page" })
 */
export function page(
  options: CountedOptions & {
    /** Number of the first page; default 1. */
    readonly first?: number;
    /** Default `page`. */
    readonly pageParam?: string;
    /** Items per page; left to the API when not given. */
    readonly size?: number;
    /** Default `per_page`. */
    readonly sizeParam?: string;
    /** Where the number of pages is in the body. */
    readonly totalPages?: string;
  } = {},
): Pagination {
  const { first = 1, pageParam = "page", size, sizeParam = "per_page", totalPages } = options;
  return {
    kind: "page",
    items: itemsAt(options.items),
    request: (place) => ({
      query: { [pageParam]: pageOf(place, first).page, ...(size === undefined ? {} : { [sizeParam]: size }) },
    }),
    next: (answer, place): PagePlace | null => {
      const at = pageOf(place, first);
      const { length } = answer.items;
      // As with `offset`: a page that comes once more together with the next one must not end the walk early.
      const always = size !== undefined && length > size && (at.page === first || at.wide);
      const reached = at.seen + (size === undefined || always ? length : Math.min(length, size));
      const pages = totalPages === undefined ? undefined : numberAt(answer, totalPages);
      const last = pages === undefined ? isLast(options, answer, reached, size) : at.page - first + 1 >= pages;
      if (last) return null;
      const after = { page: at.page + 1, seen: reached };
      return always ? { ...after, wide: 1 } : after;
    },
  };
}

/** A page's number does not say how many items came before it, and an API may give fewer than asked for: so count. */
function pageOf(place: PagePlace | null, first: number): { page: number; seen: number; wide: boolean } {
  if (typeof place !== "object" || place === null) return { page: first, seen: 0, wide: false };
  return { page: Number(place.page), seen: Number(place.seen), wide: place.wide === 1 };
}

function isLast(options: CountedOptions, answer: PageAnswer, reached: number, size: number | undefined): boolean {
  if (answer.items.length === 0) return true;
  const total = options.total === undefined ? undefined : numberAt(answer, options.total);
  if (total !== undefined) return reached >= total;
  const more = options.hasMore === undefined ? undefined : valueAt(answer.body, options.hasMore);
  if (typeof more === "boolean") return !more;
  return options.stopAt === "short" && size !== undefined && answer.items.length < size;
}

function numberAt(answer: PageAnswer, path: string): number | undefined {
  const value = valueAt(answer.body, path);
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
