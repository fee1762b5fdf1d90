/** What a page's request adds to the first one's. */
export interface PageRequest {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Laid over the call's JSON body. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Instead of path and query: where the page is, absolute on the same origin. */
  readonly url?: string;
}

/** A page as it came. */
export interface PageAnswer {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly url: URL;
  readonly items: readonly unknown[];
}

/** Where the next page is: plain JSON, so that it can be kept. */
export type PagePlace = string | number | { readonly [key: string]: string | number };

/**
 * How an API hands out its lists. Made by `pagination.offset`, `.page`, `.cursor`, `.keyset`, `.startingAfter`,
 * `.linkHeader`, `.jsonApi`, `.envelope` and `.custom`.
 */
export interface Pagination {
  readonly kind: string;
  /** The request for the page at this place; `null` is the first page. */
  request(place: PagePlace | null): PageRequest;
  /** Where the page after this one is; `null` when this was the last. */
  next(answer: PageAnswer, place: PagePlace | null): PagePlace | null;
  /** The list in the body; `undefined` when it has none. */
  items(body: unknown): readonly unknown[] | undefined;
  /**
   * Whether the page at this place may well hold what the one read before it held, e.g. since the walk went back. Elsewhere two
   * such pages mean that the API ignores what it is asked for. Default: never.
   */
  mayRepeat?(place: PagePlace | null): boolean;
}

/** Where the items are: a dotted path into the body, or a function. Default: the body itself, or its `data`, `items`, `results`, `records` or `value`. */
export type ItemsAt = string | ((body: unknown) => readonly unknown[] | undefined);

const USUAL_NAMES = ["data", "items", "results", "records", "value"];

/** @example valueAt({ meta: { next: 3 } }, "meta.next") // 3 */
export function valueAt(body: unknown, path: string): unknown {
  let current: unknown = body;
  for (const part of path.split(".")) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, part)) return undefined;
    current = Object.entries(current).find(([key]) => key === part)?.[1];
  }
  return current;
}

export function itemsAt(at: ItemsAt | undefined): (body: unknown) => readonly unknown[] | undefined {
  if (typeof at === "function") return at;
  if (at !== undefined) return (body) => listOrNothing(valueAt(body, at));
  return (body) => {
    if (Array.isArray(body)) return body;
    for (const name of USUAL_NAMES) {
      const list = listOrNothing(valueAt(body, name));
      if (list) return list;
    }
    return undefined;
  };
}

const listOrNothing = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

/** A place that an answer gave, or `null` for "there is no more": absent, empty and false all mean that. */
export function placeFrom(value: unknown): string | number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" && value !== "" ? value : null;
}
