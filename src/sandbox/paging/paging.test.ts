import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { cursorList, idsOf, offsetList, record, type SandboxClient, sandboxClient } from "../testing/sandbox-client.ts";

const ids = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}_${String(index + 1).padStart(6, "0")}`);

/** Follows `next_cursor` to the end; `between` runs after each page. */
async function allOrders(client: SandboxClient, query: string, between?: (page: number) => Promise<unknown>) {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let page = 1; ; page++) {
    const path = `/orders?${query}${cursor === null ? "" : `&cursor=${cursor}`}`;
    const list: z.infer<typeof cursorList> = await client.read(path, cursorList);
    seen.push(...idsOf(list.data));
    expect(list.has_more).toBe(list.next_cursor !== null);
    if (list.next_cursor === null) return seen;
    cursor = list.next_cursor;
    await between?.(page);
  }
}

describe("paging", () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, sizes: { products: 47, orders: 61, customers: 40 } });
    client = sandboxClient(sandbox.url);
  });
  afterAll(() => sandbox.stop());

  it("offset: each product exactly once, with the total", async () => {
    const seen: string[] = [];
    for (let offset = 0; ; offset += 10) {
      const list = await client.read(`/products?offset=${offset}&limit=10`, offsetList);
      expect(list).toMatchObject({ total: 47, offset, limit: 10 });
      seen.push(...idsOf(list.data));
      if (offset + 10 >= list.total) break;
    }
    expect(seen).toEqual(ids("prd", 47));
  });

  it("cursor: each order exactly once, in both orders", async () => {
    expect(await allOrders(client, "limit=7")).toEqual(ids("ord", 61));
    const byChange = await allOrders(client, "limit=7&sort=updatedAt");
    expect(byChange.toSorted()).toEqual(ids("ord", 61));
    expect(byChange).not.toEqual(ids("ord", 61));
  });

  it("starting_after: each order exactly once", async () => {
    const seen: string[] = [];
    let list = await client.read("/orders?limit=25", cursorList);
    seen.push(...idsOf(list.data));
    while (list.has_more) {
      list = await client.read(`/orders?limit=25&starting_after=${seen.at(-1)}`, cursorList);
      seen.push(...idsOf(list.data));
    }
    expect(seen).toEqual(ids("ord", 61));
  });

  it.each([20, 21])("Link: each customer exactly once at %i a page", async (perPage) => {
    const seen: string[] = [];
    let next: string | undefined = `/customers?per_page=${perPage}&api_key=sandbox-key`;
    let pages = 0;
    while (next !== undefined) {
      const answer = await client.call(next);
      seen.push(...idsOf(z.array(record).parse(await answer.json())));
      const link = answer.headers.get("link") ?? "";
      expect(link).not.toContain("sandbox-key");
      expect(link).toContain('rel="last"');
      next = /<([^>]+)>; rel="next"/.exec(link)?.[1];
      if (next) expect(new URL(next).origin).toBe(sandbox.url);
      pages += 1;
    }
    expect([pages, seen]).toEqual([2, ids("cus", 40)]);
  });

  it("a cursor stays good when its own row is deleted meanwhile", async () => {
    const own = await startSandbox({ port: 0, sizes: { products: 5, orders: 20, customers: 5 } });
    const other = sandboxClient(own.url);
    const seen = await allOrders(other, "limit=5", (page) =>
      other.call(`/orders/ord_${String(page * 5).padStart(6, "0")}`, { method: "DELETE" }),
    );
    await own.stop();
    expect(seen).toEqual(ids("ord", 20));
  });

  it("a fault repeats the page before, and only as often as told", async () => {
    await client.control({ repeatNextPages: { after: 1, path: "/orders" } });
    const seen = await allOrders(client, "limit=20");
    expect(seen).toHaveLength(81);
    expect([...new Set(seen)]).toEqual(ids("ord", 61));
  });

  it.each([
    "/products?limit=0",
    "/products?limit=101",
    "/products?offset=-1",
    "/orders?cursor=bm90LW91cnM",
    "/orders?starting_after=ord_999999",
    "/customers?page=0",
    "/customers?updatedSince=yesterday",
    "/products?sort=price",
  ])("%s is a 400", async (path) => {
    expect((await client.call(path)).status).toBe(400);
  });
});
