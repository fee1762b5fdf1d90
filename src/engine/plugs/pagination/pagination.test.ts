import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoundPlug, PageState, Pagination } from "../index.ts";
import { pagination, plug } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { json, localServer, type SeenRequest } from "../testing/local-server.ts";
import { linkTarget } from "./linked.ts";

interface Listing {
  readonly total: number;
  /** The most that the API gives at once, whatever is asked for. */
  readonly cap: number;
}

type Page = { readonly body: unknown; readonly headers?: Record<string, string> };
const none: Record<string, string> = {};

const itemsOf = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_each, i) => ({ id: from + i + 1 }));
const numberIn = (url: URL, name: string, fallback: number) => Number(url.searchParams.get(name) ?? fallback);

/** How APIs of each kind answer, and how a plug reads them. */
const KINDS: Record<
  string,
  { strategy: (size: number) => Pagination; answer: (url: URL, list: Listing, request: SeenRequest) => Page }
> = {
  "offset, until an empty page": {
    strategy: (limit) => pagination.offset({ limit }),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "offset", 0);
      return { body: itemsOf(from, Math.min(total, from + Math.min(cap, numberIn(url, "limit", 10)))) };
    },
  },
  "offset, with a total": {
    strategy: (limit) => pagination.offset({ limit, total: "meta.total", items: "rows", offsetParam: "skip" }),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "skip", 0);
      return {
        body: {
          rows: itemsOf(from, Math.min(total, from + Math.min(cap, numberIn(url, "limit", 10)))),
          meta: { total },
        },
      };
    },
  },
  "pages, until an empty one": {
    strategy: (size) => pagination.page({ size }),
    answer: (url, { total, cap }) => {
      const size = Math.min(cap, numberIn(url, "per_page", 10));
      const from = (numberIn(url, "page", 1) - 1) * size;
      return { body: { items: itemsOf(from, Math.min(total, from + size)) } };
    },
  },
  "pages from 0, with a total": {
    strategy: (size) => pagination.page({ size, first: 0, pageParam: "p", total: "total" }),
    answer: (url, { total, cap }) => {
      const size = Math.min(cap, numberIn(url, "per_page", 10));
      const from = numberIn(url, "p", 0) * size;
      return { body: { data: itemsOf(from, Math.min(total, from + size)), total: String(total) } };
    },
  },
  "pages, with their number": {
    strategy: (size) => pagination.page({ size, totalPages: "pages" }),
    answer: (url, { total, cap }) => {
      const size = Math.min(cap, numberIn(url, "per_page", 10));
      const from = (numberIn(url, "page", 1) - 1) * size;
      return { body: { data: itemsOf(from, Math.min(total, from + size)), pages: Math.ceil(total / size) } };
    },
  },
  "a cursor in the query": {
    strategy: () => pagination.cursor({ next: "meta.next", param: "after" }),
    answer: (url, { total, cap }) => {
      const from = Number((url.searchParams.get("after") ?? "c0").slice(1));
      const to = Math.min(total, from + cap);
      return { body: { data: itemsOf(from, to), meta: { next: to < total ? `c${to}` : "" } } };
    },
  },
  "a cursor in a header": {
    strategy: () => pagination.cursor({ next: { header: "X-Next" }, param: "X-Token", in: "header" }),
    answer: (_url, { total, cap }, request) => {
      const from = Number(request.headers["x-token"] ?? 0);
      const to = Math.min(total, from + cap);
      return { body: itemsOf(from, to), headers: to < total ? { "x-next": String(to) } : none };
    },
  },
  "a keyset": {
    strategy: () => pagination.keyset({ param: "since_id" }),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "since_id", 0);
      return { body: itemsOf(from, Math.min(total, from + cap)) };
    },
  },
  starting_after: {
    strategy: () => pagination.startingAfter(),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "starting_after", 0);
      const to = Math.min(total, from + cap);
      return { body: { object: "list", data: itemsOf(from, to), has_more: to < total } };
    },
  },
  "the Link header": {
    strategy: () => pagination.linkHeader(),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "from", 0);
      const to = Math.min(total, from + cap);
      const links = [
        '</first>; rel="first"',
        ...(to < total ? [`<${url.origin}/list?from=${to}&q=a,b;c>; title="x, y"; rel="next last"`] : []),
      ];
      return { body: itemsOf(from, to), headers: { link: links.join(", ") } };
    },
  },
  "JSON:API": {
    strategy: () => pagination.jsonApi(),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "page[from]", 0);
      const to = Math.min(total, from + cap);
      return {
        body: { data: itemsOf(from, to), links: { next: to < total ? { href: `/list?page[from]=${to}` } : null } },
      };
    },
  },
  "an envelope with a relative URL": {
    strategy: () => pagination.envelope({ next: "next", items: "results" }),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "from", 0);
      const to = Math.min(total, from + cap);
      return { body: { results: itemsOf(from, to), next: to < total ? `?from=${to}` : null } };
    },
  },
  "an envelope with an absolute URL": {
    strategy: () => pagination.envelope({ next: "paging.next", items: "data" }),
    answer: (url, { total, cap }) => {
      const from = numberIn(url, "from", 0);
      const to = Math.min(total, from + cap);
      return { body: { data: itemsOf(from, to), paging: to < total ? { next: `${url.origin}/list?from=${to}` } : {} } };
    },
  },
};

/** A plug over a server that lists numbered items its way. */
async function listing(answer: (url: URL, request: SeenRequest) => Page) {
  const server = await localServer((request, response) => {
    const page = answer(new URL(request.url, `http://${request.headers.host}`), request);
    json(response, 200, page.body, page.headers);
  });
  const clock = fakeClock();
  const bound: BoundPlug = plug({ name: "list", baseUrl: server.url }).bind({ tenant: "t", vars: {}, clock });
  return { server, bound, clock, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("a walk through a list", () => {
  it.each(Object.entries(KINDS))("gives every item exactly once: %s", async (_name, { strategy, answer }) => {
    let list: Listing = { total: 0, cap: 1 };
    await using api = await listing((url, request) => answer(url, list, request));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 4 }),
        async (total, cap, size, stopAfter) => {
          list = { total, cap };
          const all = await api.bound.paginate<{ id: number }>("/list", { pagination: strategy(size) }).all();
          expect(all.map((item) => item.id)).toEqual(itemsOf(0, total).map((item) => item.id));

          // The same in two walks, the second from the stored state of the first.
          const first = api.bound.paginate<{ id: number }>("/list", {
            pagination: strategy(size),
            maxPages: stopAfter,
          });
          const before = await first.all();
          const state: PageState = JSON.parse(JSON.stringify(first.state));
          const after = await api.bound.paginate<{ id: number }>("/list", { pagination: strategy(size), state }).all();
          expect([...before, ...after].map((item) => item.id)).toEqual(all.map((item) => item.id));
        },
      ),
      { numRuns: 15 },
    );
  });

  it("goes page by page, too", async () => {
    await using api = await listing((url) => ({ body: itemsOf(numberIn(url, "since_id", 0), 5).slice(0, 2) }));
    const walk = api.bound.paginate<{ id: number }>("/list", { pagination: pagination.keyset({ param: "since_id" }) });
    const pages: number[][] = [];
    for await (const { items } of walk.pages()) pages.push(items.map(({ id }) => id));
    expect(pages.filter((page) => page.length > 0)).toEqual([[1, 2], [3, 4], [5]]);
  });

  it("keeps the call's own query and headers on every page", async () => {
    await using api = await listing((url) => ({
      body: itemsOf(0, 5).slice(numberIn(url, "offset", 0), numberIn(url, "offset", 0) + 2),
    }));
    await api.bound
      .paginate("/list", { pagination: pagination.offset({ limit: 2 }), query: { q: "x" }, headers: { "x-a": "1" } })
      .all();
    expect(api.server.seen.every((each) => each.url.startsWith("/list?q=x&") && each.headers["x-a"] === "1")).toBe(
      true,
    );
  });

  it("puts a cursor into the body of a search", async () => {
    await using api = await listing((_url, request) => {
      const { cursor = 0, filter } = JSON.parse(request.body);
      return { body: { results: [{ filter, cursor }], next: cursor < 2 ? cursor + 1 : null } };
    });
    const items = await api.bound
      .paginate("/search", {
        method: "POST",
        body: { filter: "open" },
        pagination: pagination.cursor({ next: "next", in: "body" }),
      })
      .all();
    expect(items).toEqual([0, 1, 2].map((cursor) => ({ filter: "open", cursor })));
  });

  it("waits between pages, and not before the first", async () => {
    await using api = await listing((url) => ({
      body: itemsOf(0, 3).slice(numberIn(url, "offset", 0), numberIn(url, "offset", 0) + 1),
    }));
    await api.bound.paginate("/list", { pagination: pagination.offset({ limit: 1 }), delayMs: 100 }).all();
    expect(api.clock.slept).toEqual([100, 100, 100]);
  });

  it.each([
    [
      "an API that ignores the offset",
      pagination.offset({ limit: 3 }),
      () => ({ body: itemsOf(0, 3) }),
      /same as the one before/,
    ],
    [
      "a cursor that repeats",
      pagination.cursor({ next: "next" }),
      (url: URL) => ({ body: { data: [{ at: url.search }], next: "c1" } }),
      /read before/,
    ],
    [
      "cursors in a circle",
      pagination.cursor({ next: "next" }),
      (url: URL) => ({
        body: {
          data: [{ at: Math.random() }],
          next: { c1: "c2", c2: "c3", c3: "c1" }[url.searchParams.get("cursor") ?? ""] ?? "c1",
        },
      }),
      /read before/,
    ],
    [
      "a Link to itself",
      pagination.linkHeader(),
      (url: URL) => ({ body: [1], headers: { link: `<${url.href}>; rel="next"` } }),
      /same as|read before/,
    ],
  ])("ends with an error at %s", async (_name, strategy, answer, message) => {
    await using api = await listing(answer);
    await expect(api.bound.paginate("/list", { pagination: strategy }).all()).rejects.toMatchObject({
      code: "pagination_loop",
      message,
    });
  });

  it("does not follow a link to another origin", async () => {
    await using api = await listing(() => ({ body: { results: [1], next: "https://evil.example/list" } }));
    const walk = api.bound.paginate("/list", { pagination: pagination.envelope({ next: "next" }) }).all();
    await expect(walk).rejects.toMatchObject({ code: "path_leaves_origin" });
  });

  it("says when there is no list where one is expected", async () => {
    await using api = await listing(() => ({ body: { orders: { list: [] } } }));
    await expect(api.bound.paginate("/list", { pagination: pagination.page() }).all()).rejects.toMatchObject({
      code: "pagination_no_items",
    });
    expect(await api.bound.paginate("/list", { pagination: pagination.page({ items: "orders.list" }) }).all()).toEqual(
      [],
    );
  });

  it("stands still at the page whose items are being read", async () => {
    await using api = await listing((url) => ({
      body: itemsOf(0, 4).slice(numberIn(url, "offset", 0), numberIn(url, "offset", 0) + 2),
    }));
    const walk = api.bound.paginate<{ id: number }>("/list", { pagination: pagination.offset({ limit: 2 }) });
    for await (const item of walk) if (item.id === 3) break;
    const again = await api.bound
      .paginate<{ id: number }>("/list", { pagination: pagination.offset({ limit: 2 }), state: walk.state })
      .all();
    expect(again.map((item) => item.id)).toEqual([3, 4]);
  });

  it("refuses the state of another kind", async () => {
    const bound = plug({ name: "list", baseUrl: "http://127.0.0.1:1" });
    const state = { kind: "cursor", next: "c", pages: 1, done: false };
    expect(() => bound.paginate("/", { pagination: pagination.offset(), state })).toThrow(/walk by cursor/);
    expect(() => bound.paginate("/")).toThrow(/hands out its lists/);
  });
});

describe("linkTarget", () => {
  it.each([
    ['<https://a/x?page=2>; rel="next", <https://a/x?page=9>; rel="last"', "https://a/x?page=2"],
    ["</x>;rel=next", "/x"],
    ['</x>; title="a; rel=\\"prev\\", b"; REL="prev next"', "/x"],
    ['</x?a=1,2>; rel="next"', "/x?a=1,2"],
    ['</x>; rel="prev"', undefined],
    ["", undefined],
  ])("%s", (header, target) => {
    expect(linkTarget(header, "next")).toBe(target);
  });
});
