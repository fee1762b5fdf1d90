import { createHash } from "node:crypto";
import { PlugSchemaError } from "../errors/plug-schema-error.ts";
import type { PlugResponse } from "../request-options.ts";
import type { PageAnswer, PagePlace, PageRequest, Pagination } from "./pagination.ts";

/** Where a walk through a list stands: plain JSON, to be stored and given back as `state`. */
export interface PageState {
  readonly kind: string;
  readonly next: PagePlace | null;
  /** Pages read so far. */
  readonly pages: number;
  readonly done: boolean;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** From 0, counted over resumed walks. */
  readonly index: number;
  readonly response: PlugResponse;
  /** Store it when this page is dealt with: a walk that gets it goes on behind this page. */
  readonly state: PageState;
}

/** A walk through a list: iterate it for the items, or `pages()` for the pages. Nothing is fetched before that. */
export interface Paginator<Item> extends AsyncIterable<Item> {
  pages(): AsyncIterableIterator<Page<Item>>;
  /** Every item in one array; for lists that fit in memory. */
  all(): Promise<Item[]>;
  /** Where the walk stands. While a page's items are being read it is still that page, so that none is lost. */
  readonly state: PageState;
}

export interface PaginatorOptions {
  /** Go on where an earlier walk stood. */
  readonly state?: PageState;
  /** End quietly after so many pages of this walk; the state then says where to go on. */
  readonly maxPages?: number;
  /** Wait between two pages, in milliseconds; default 0. */
  readonly delayMs?: number;
}

/** Without `maxPages`, more than this is taken for a loop. */
const MAX_PAGES = 10_000;

interface PaginatorParts extends PaginatorOptions {
  readonly plug: string;
  readonly strategy: Pagination;
  readonly fetch: (request: PageRequest) => Promise<PlugResponse>;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Walk through the pages that `fetch` gives. */
export function paginator<Item>(parts: PaginatorParts): Paginator<Item> {
  const { strategy } = parts;
  let state: PageState = parts.state ?? { kind: strategy.kind, next: null, pages: 0, done: false };
  if (state.kind !== strategy.kind) {
    throw loopError(
      parts,
      `the state is of a walk by ${state.kind}, and this one goes by ${strategy.kind}`,
      "pagination_state",
    );
  }

  async function* pages(): AsyncIterableIterator<Page<Item>> {
    const places = new Set<string>();
    let lastDigest = "";
    for (let read = 0; !state.done; read++) {
      if (read === parts.maxPages) return;
      if (read === MAX_PAGES && parts.maxPages === undefined) throw loopError(parts, `more than ${MAX_PAGES} pages`);
      if (read > 0 && parts.delayMs) await parts.sleep(parts.delayMs);
      const place = state.next;
      places.add(JSON.stringify(place));
      const response = await parts.fetch(strategy.request(place));
      const items = listIn(parts, response);
      const digest = digestOf(items);
      if (digest !== "" && digest === lastDigest && !strategy.mayRepeat?.(place))
        throw loopError(parts, `page ${state.pages + 1} is the same as the one before`);
      lastDigest = digest;
      const next = strategy.next({ ...answerOf(response), items }, place);
      if (next !== null && places.has(JSON.stringify(next)))
        throw loopError(parts, `page ${state.pages + 1} points at a page that was read before`);
      const after: PageState = { kind: strategy.kind, next, pages: state.pages + 1, done: next === null };
      // What an item is (`Item`) is the caller's word, or the endpoint's checked type.
      yield { items: items as readonly Item[], index: state.pages, response, state: after };
      state = after;
    }
  }

  async function* items(): AsyncIterableIterator<Item> {
    for await (const each of pages()) yield* each.items;
  }

  return {
    pages,
    [Symbol.asyncIterator]: items,
    async all() {
      const out: Item[] = [];
      for await (const each of pages()) out.push(...each.items);
      return out;
    },
    get state() {
      return state;
    },
  };
}

const answerOf = ({ body, headers, url }: PlugResponse): Omit<PageAnswer, "items"> => ({ body, headers, url });

function listIn(parts: PaginatorParts, response: PlugResponse): readonly unknown[] {
  if (response.body === undefined) return []; // 204: nothing is an empty page
  const items = parts.strategy.items(response.body);
  if (Array.isArray(items)) return items;
  throw new PlugSchemaError({
    code: "pagination_no_items",
    plug: parts.plug,
    message: `${parts.plug}: the page from ${response.url.pathname} has no list of items where it is expected`,
    hint: 'Say where they are: items: "path.to.list".',
    retryable: false,
    side: "response",
    status: response.status,
    issues: [{ path: "body", message: "has no list" }],
  });
}

/** Two pages in a row with the same items: the API ignores what we ask for. */
function digestOf(items: readonly unknown[]): string {
  return items.length === 0 ? "" : createHash("sha1").update(JSON.stringify(items)).digest("base64");
}

function loopError(parts: PaginatorParts, what: string, code = "pagination_loop"): PlugSchemaError {
  return new PlugSchemaError({
    code,
    plug: parts.plug,
    message: `${parts.plug}: the list does not end: ${what}`.replace("the list does not end: the state", "the state"),
    hint: "Does the pagination fit this API? Check the names of its parameters.",
    retryable: false,
    side: "response",
    status: null,
    issues: [{ path: "pagination", message: what }],
  });
}
