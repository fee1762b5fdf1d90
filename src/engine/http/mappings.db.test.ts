import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { newestFirst, readAll } from "../../../tests/support/read-all.ts";
import { decodeId, encodeId, newUuid } from "../../contract/index.ts";
import { cache, resource } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [],
    resources: [
      resource({ name: "products", connectField: "sku" }),
      resource({ name: "orders", connectField: ["store", "number"] }),
    ],
    caches: [cache({ name: "pages", ttlMs: 60_000 }), cache({ name: "rates", scope: "global" })],
  });
  await hub.khotan.ready();
});
beforeEach(
  () =>
    hub.sql`truncate khotan_mappings, khotan_mapping_refs, khotan_mapping_changes, khotan_cache_entries, khotan_audit`,
);
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const make = async (tenant: string, connect: string, refs: Record<string, string | number> = {}) => {
  const body = { resource: "products", tenant, connect, refs };
  const answer = await hub.send("admin", "POST", "/mappings", { body });
  expect(answer.status).toBe(200);
  return answer.json.id as string;
};
const rowOf = (id: string, tenant: string) => ({ id: decodeId("mapping", id) ?? "", plug: "", tenant });

const ROUTES = [
  ["GET", "/resources", "viewer"],
  ["GET", "/mappings", "viewer"],
  ["POST", "/mappings", "operator"],
  ["POST", "/mappings/lookup", "operator"],
  ["GET", `/mappings/${encodeId("mapping", newUuid())}`, "viewer"],
  ["PUT", `/mappings/${encodeId("mapping", newUuid())}`, "operator"],
  ["PATCH", `/mappings/${encodeId("mapping", newUuid())}`, "operator"],
  ["DELETE", `/mappings/${encodeId("mapping", newUuid())}`, "operator"],
  ["POST", `/mappings/${encodeId("mapping", newUuid())}/merge`, "operator"],
  ["GET", `/mappings/${encodeId("mapping", newUuid())}/history`, "viewer"],
  ["GET", "/caches", "viewer"],
  ["GET", "/caches/pages/entries", "operator"],
  ["DELETE", "/caches/pages/entries", "operator"],
] as const;

test.each(ROUTES)("%s %s is protected", async (method, path, role) => {
  expect((await hub.send(null, method, path)).status).toBe(401);
  if (role === "operator") expect((await hub.send("viewer", method, path)).status).toBe(403);
});

describe("GET /mappings", () => {
  test("whoever may see some tenants sees theirs only, page by page", async () => {
    const made: { id: string; plug: string; tenant: string }[] = [];
    for (let at = 0; at < 24; at++) {
      const tenant = ["acme", "globex", "default"][at % 3] ?? "";
      made.push(rowOf(await make(tenant, `sku-${at}`, { shop: `ref-${at}` }), tenant));
    }
    const of = (...tenants: string[]) =>
      newestFirst(
        "mapping",
        made.filter((row) => tenants.includes(row.tenant)),
      );
    const queries: Readonly<Record<string, string | number>>[] = [
      { limit: 3 },
      { limit: 3, q: "SKU" },
      { limit: 3, q: "ref" },
      { limit: 3, plug: "shop" },
      { limit: 2, resource: "products", q: "k" },
    ];
    for (const query of queries) {
      expect(await readAll(hub, "/mappings", query)).toEqual(of("acme", "globex", "default"));
      expect(await readAll(hub, "/mappings", query, "both")).toEqual(of("acme", "globex"));
      expect(await readAll(hub, "/mappings", { ...query, tenant: "globex" }, "both")).toEqual(of("globex"));
      expect(await readAll(hub, "/mappings", query, "nothing")).toEqual([]);
    }
    const answer = await hub.send("acme", "GET", "/mappings?tenant=globex");
    expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    const byRef = async (who: Who) =>
      (await hub.send(who, "GET", "/mappings?resource=products&plug=shop&ref=ref-0")).json.items.length;
    expect([await byRef("acme"), await byRef("globex"), await byRef("both")]).toEqual([1, 0, 1]);
    expect(
      (await hub.send("acme", "GET", "/resources")).json.items.map(
        (it: { mappings: { count: number } }) => it.mappings.count,
      ),
    ).toEqual([0, 8]);
  });

  test("finds what contains a text, and takes no letter for a pattern", async () => {
    const ids = [await make("acme", "100%_Wool-Über"), await make("acme", "100 wool", { shop: "gid://Shop/77" })];
    const find = async (q: string) =>
      (await hub.send("acme", "GET", `/mappings?q=${encodeURIComponent(q)}`)).json.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await find("wool")).toEqual(ids.toReversed());
    expect(await find("%_w")).toEqual([ids[0]]);
    expect(await find("über")).toEqual([ids[0]]);
    expect(await find("Shop/7")).toEqual([ids[1]]);
    expect(await find("77")).toEqual([ids[1]]);
    expect(await find("nowhere")).toEqual([]);
  });

  test("wrong questions are named", async () => {
    for (const [query, status, at] of [
      ["ref=1", 422, "ref"],
      ["resource=nope", 404, undefined],
      ["q=", 200, undefined],
      ["cursor=abc", 400, undefined],
    ] as const) {
      const answer = await hub.send("admin", "GET", `/mappings?${query}`);
      expect([query, answer.status, answer.json.error?.issues?.[0].path]).toEqual([query, status, at]);
    }
  });
});

describe("one mapping", () => {
  test("exists for whoever may see its tenant, and for nobody else, whatever is done to it", async () => {
    const id = await make("acme", "A", { shop: 1 });
    const other = await make("acme", "B");
    for (const [method, path, body] of [
      ["GET", `/mappings/${id}`, undefined],
      ["GET", `/mappings/${id}/history`, undefined],
      ["PUT", `/mappings/${id}`, { connect: "X" }],
      ["PATCH", `/mappings/${id}`, { refs: {} }],
      ["POST", `/mappings/${id}/merge`, { from: other }],
      ["DELETE", `/mappings/${id}`, undefined],
    ] as const) {
      expect([method, path, (await hub.send("globex", method, path, { body })).status]).toEqual([method, path, 404]);
    }
    expect((await hub.send("acme", "GET", `/mappings/${id}`)).json).toMatchObject({
      connect: { sku: "A" },
      refs: { shop: "1" },
    });
    for (const path of ["/mappings", "/mappings/lookup"]) {
      const body = {
        resource: "products",
        tenant: "globex",
        ...(path === "/mappings" ? { connect: "A" } : { by: { connect: ["A"] } }),
      };
      expect((await hub.send("acme", "POST", path, { body })).status).toBe(403);
    }
  });

  test("is changed in parts, or made exactly so; the history says who did what", async () => {
    const id = await make("acme", "A", { shop: 1, erp: 2 });
    const patched = await hub.send("acme", "PATCH", `/mappings/${id}`, {
      body: { connect: "A2", refs: { shop: null, crm: "c" }, metadata: { note: "x" } },
    });
    expect(patched.json).toMatchObject({
      id,
      connect: { sku: "A2" },
      refs: { erp: "2", crm: "c" },
      metadata: { note: "x" },
    });
    const put = await hub.send("acme", "PUT", `/mappings/${id}`, { body: { connect: "A2", refs: { shop: 7 } } });
    expect(put.json).toMatchObject({ refs: { shop: "7" }, metadata: { note: "x" } });
    expect((await hub.send("acme", "DELETE", `/mappings/${id}`)).json).toEqual({ id });
    expect((await hub.send("acme", "GET", `/mappings/${id}`)).status).toBe(404);
    const history = (await hub.send("acme", "GET", `/mappings/${id}/history`)).json.items;
    expect(history.map((it: { action: string; actor: string }) => [it.action, it.actor])).toEqual([
      ["deleted", "key_acme"],
      ["updated", "key_acme"],
      ["updated", "key_acme"],
      ["created", "Ada"],
    ]);
    expect(history[2].data).toEqual({
      before: { connect: { sku: "A" }, refs: { shop: "1", erp: "2" }, metadata: {} },
      after: { connect: { sku: "A2" }, refs: { erp: "2", crm: "c" }, metadata: { note: "x" } },
    });
    const audit = await hub.sql`select action, tenant, target from khotan_audit order by id desc limit 1`;
    expect(audit).toEqual([{ action: "mapping.deleted", tenant: "acme", target: id }]);
  });

  test("a ref or a connect value of another one is refused, naming it", async () => {
    const owner = await make("acme", "A", { shop: 1 });
    const id = await make("acme", "B");
    for (const body of [{ refs: { shop: "1" } }, { connect: "A" }]) {
      const answer = await hub.send("acme", "PATCH", `/mappings/${id}`, { body });
      expect([answer.status, answer.json.error.code]).toEqual([409, "conflict"]);
      expect(answer.json.error.message).toContain(owner);
    }
    const again = await hub.send("acme", "POST", "/mappings", {
      body: { resource: "products", tenant: "acme", connect: "C", refs: { shop: 1 } },
    });
    expect([again.status, again.json.error.message]).toEqual([409, `"1" at shop belongs to ${owner} already.`]);
    expect((await hub.send("acme", "PATCH", `/mappings/${id}`, { body: { connect: "" } })).status).toBe(422);
  });

  test("two become one: first seen, then done, once", async () => {
    const stays = await make("acme", "A", { shop: 1, erp: "e1" });
    const goes = await make("acme", "A-old", { shop: 2, crm: "c2" });
    const merge = (body: object) =>
      hub.send("acme", "POST", `/mappings/${stays}/merge`, { body: { from: goes, ...body } });
    const expected = { mapping: { id: stays, refs: { shop: "1", erp: "e1", crm: "c2" } }, dropped: { shop: "2" } };
    expect((await merge({ preview: true })).json).toMatchObject(expected);
    expect((await hub.send("acme", "GET", `/mappings/${goes}`)).status).toBe(200);
    const both = await Promise.all([merge({}), merge({})]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 404]);
    expect(both.find((one) => one.status === 200)?.json).toMatchObject(expected);
    expect((await hub.send("acme", "GET", `/mappings/${goes}/history`)).json.items[0].data.mergedInto).toBe(stays);
    const foreign = await make("globex", "G");
    expect((await hub.send("admin", "POST", `/mappings/${stays}/merge`, { body: { from: foreign } })).status).toBe(422);
    expect((await hub.send("acme", "POST", `/mappings/${stays}/merge`, { body: { from: stays } })).status).toBe(422);
  });

  test("many are looked up at once, in order", async () => {
    await make("acme", "A", { shop: 1 });
    const lookup = async (by: object) =>
      (
        await hub.send("acme", "POST", "/mappings/lookup", { body: { resource: "products", tenant: "acme", by } })
      ).json.items.map((item: { connect: { sku: string } } | null) => item?.connect.sku ?? null);
    expect(await lookup({ connect: ["Z", "A", { sku: "A" }] })).toEqual([null, "A", "A"]);
    expect(await lookup({ plug: "shop", refs: [2, 1] })).toEqual([null, "A"]);
  });
});

describe("caches", () => {
  test("show what is in them to whoever may see it", async () => {
    for (const tenant of ["acme", "globex"]) {
      const store = hub.khotan.cache("pages", { tenant });
      await store.setMany(Array.from({ length: 5 }, (_, at) => [`k${at}`, `${tenant} ${at}`] as const));
    }
    await hub.khotan.cache("rates").set("EUR", { big: "x".repeat(5_000) });
    const sizes = async (who: Who) =>
      (await hub.send(who, "GET", "/caches")).json.items.map((it: { entries: number }) => it.entries);
    expect(await sizes("admin")).toEqual([10, 1]);
    expect(await sizes("acme")).toEqual([5, 0]);
    const entries = async (who: Who, path: string) => (await hub.send(who, "GET", path)).json.items;
    expect(await readAll(hub, "/caches/pages/entries", { limit: 2 }, "acme")).toHaveLength(5);
    expect(
      (await entries("both", "/caches/pages/entries?key=k1")).map((it: { value: string }) => it.value).sort(),
    ).toEqual(["acme 1", "globex 1"]);
    expect(await entries("acme", "/caches/rates/entries")).toEqual([]);
    expect((await entries("admin", "/caches/rates/entries"))[0]).toMatchObject({
      value: null,
      truncated: true,
      tenant: "*",
    });
    expect((await entries("admin", "/caches/rates/entries?key=EUR"))[0].value.big).toHaveLength(5_000);
    expect((await hub.send("acme", "GET", "/caches/nope/entries")).status).toBe(404);
  });

  test("are emptied by who may, and the audit says so", async () => {
    for (const tenant of ["acme", "globex"]) await hub.khotan.cache("pages", { tenant }).set("k", tenant);
    await hub.khotan.cache("rates").set("EUR", 1);
    expect((await hub.send("acme", "DELETE", "/caches/rates/entries")).status).toBe(403);
    expect((await hub.send("acme", "DELETE", "/caches/pages/entries?tenant=globex")).status).toBe(403);
    expect((await hub.send("acme", "DELETE", "/caches/pages/entries?key=none")).json).toEqual({ removed: 0 });
    expect((await hub.send("acme", "DELETE", "/caches/pages/entries")).json).toEqual({ removed: 1 });
    expect(await hub.khotan.cache("pages", { tenant: "globex" }).get("k")).toBe("globex");
    expect((await hub.send("admin", "DELETE", "/caches/rates/entries")).json).toEqual({ removed: 1 });
    expect((await hub.sql`select action, target from khotan_audit order by id desc limit 1`)[0]).toEqual({
      action: "cache.clear",
      target: "rates",
    });
  });
});
