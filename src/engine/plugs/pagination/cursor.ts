import { type ItemsAt, itemsAt, type PageAnswer, type Pagination, placeFrom, valueAt } from "./pagination.ts";

/**
 * A token from one page asks for the next.
 *
 * @example pagination.cursor({ next: "response_metadata.next_cursor", items: "channels" }) // Slack
 * @example pagination.cursor({ next: { header: "x-next-token" }, param: "x-token", in: "header" })
 */
export function cursor(options: {
  /** Where the token is: a dotted path into the body, a header, or a function of the page. */
  readonly next: string | { readonly header: string } | ((answer: PageAnswer) => unknown);
  /** What the token is called in the request; default `cursor`. */
  readonly param?: string;
  /** Where the token goes; default `query`. `body` is for POST searches: it is laid over the call's JSON body. */
  readonly in?: "query" | "header" | "body";
  /** Where the body says whether there is more; a token beside `false` is then not followed. */
  readonly hasMore?: string;
  readonly items?: ItemsAt;
}): Pagination {
  const { next, param = "cursor", in: place = "query", hasMore } = options;
  const token = (answer: PageAnswer): unknown => {
    if (typeof next === "function") return next(answer);
    return typeof next === "string" ? valueAt(answer.body, next) : answer.headers[next.header.toLowerCase()];
  };
  return {
    kind: "cursor",
    items: itemsAt(options.items),
    request: (at) => {
      if (at === null || typeof at === "object") return {};
      if (place === "header") return { headers: { [param]: String(at) } };
      return place === "body" ? { body: { [param]: at } } : { query: { [param]: at } };
    },
    next: (answer) => {
      if (hasMore !== undefined && valueAt(answer.body, hasMore) === false) return null;
      return placeFrom(token(answer));
    },
  };
}

interface KeysetOptions {
  /** The query parameter, e.g. `since_id`. */
  readonly param: string;
  /** The item's field that goes into it, a dotted path; default `id`. */
  readonly field?: string;
  /** Where the body says whether there is more; without it an empty page is the end. */
  readonly hasMore?: string;
  readonly items?: ItemsAt;
}

/**
 * A field of the last item asks for what comes after it: `?since_id=42`. The field must be unique among the items.
 *
 * @example pagination.keyset({ param: "since_id", field: "id" })
 */
export function keyset(options: KeysetOptions): Pagination {
  const { param, field = "id", hasMore } = options;
  return {
    kind: "keyset",
    items: itemsAt(options.items),
    request: (at) => (at === null || typeof at === "object" ? {} : { query: { [param]: at } }),
    next: (answer) => {
      if (answer.items.length === 0) return null;
      if (hasMore !== undefined && valueAt(answer.body, hasMore) === false) return null;
      return placeFrom(valueAt(answer.items.at(-1), field));
    },
  };
}

/**
 * Stripe's way: `?starting_after=<id of the last item>` until `has_more` is false.
 * Source: https://docs.stripe.com/api/pagination
 */
export function startingAfter(options: Partial<KeysetOptions> = {}): Pagination {
  return {
    ...keyset({ param: "starting_after", field: "id", hasMore: "has_more", items: "data", ...options }),
    kind: "startingAfter",
  };
}
