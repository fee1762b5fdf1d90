import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { migrate } from "../database/migrate.ts";
import type { BoundMapping } from "./bound-mapping.ts";
import { registerResources } from "./register-resources.ts";
import { resource } from "./resource.ts";

const products = resource({ name: "products", connectField: "sku" });
const orders = resource({ name: "orders", label: "Orders", connectField: ["store", "number"] });

let database: TestDatabase;
let hub: TestHub;
let map: BoundMapping;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [], resources: [products, orders] });
  await migrate(hub.engine.adapter);
  map = hub.engine.mappings.open("products");
});
beforeEach(() => hub.sql`truncate khotan_mappings, khotan_mapping_refs, khotan_mapping_changes`);
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const outcome = (created: number, updated: number, unchanged: number) =>
  expect.objectContaining({ created, updated, unchanged, conflicts: [] });

test("a record is found by what it has in common, and by what each plug calls it", async () => {
  const { id, outcome: done } = await map.upsert({ connect: "A-1", refs: { shop: 17, erp: "x" }, metadata: { a: 1 } });
  expect(done).toBe("created");
  const found = {
    id,
    resource: "products",
    tenant: "default",
    connect: { sku: "A-1" },
    refs: { shop: "17", erp: "x" },
    metadata: { a: 1 },
  };
  expect(await map.get("A-1")).toMatchObject(found);
  expect(await map.get({ sku: "A-1" })).toMatchObject(found);
  expect(await map.getByRef("shop", 17)).toMatchObject(found);
  expect(await map.getByRef("erp", "17")).toBeNull();
  expect(await map.getManyByRef("shop", ["x", 17, "17"])).toEqual([
    null,
    expect.objectContaining(found),
    expect.anything(),
  ]);
});

test("merging adds, replacing makes it exactly so, and nothing is written when nothing changes", async () => {
  await map.upsert({ connect: "A", refs: { shop: "1", erp: "2" }, metadata: { a: 1 } });
  expect((await map.upsert({ connect: "A", refs: { shop: "1" } })).outcome).toBe("unchanged");
  expect((await map.upsert({ connect: "A", refs: { shop: "9", crm: "3" }, metadata: { b: 2 } })).outcome).toBe(
    "updated",
  );
  expect(await map.get("A")).toMatchObject({ refs: { shop: "9", erp: "2", crm: "3" }, metadata: { a: 1, b: 2 } });
  await map.upsert({ connect: "A", refs: { crm: "4" }, metadata: { c: 3 } }, { mode: "replace" });
  expect(await map.get("A")).toMatchObject({ refs: { crm: "4" }, metadata: { c: 3 } });
  expect(await map.getByRef("shop", "9")).toBeNull();
  const before = await hub.sql`select xmin::text from khotan_mappings`;
  await map.upsert({ connect: "A", refs: { crm: "4" }, metadata: { c: 3 } }, { mode: "replace" });
  expect(await hub.sql`select xmin::text from khotan_mappings`).toEqual(before);
});

test("a ref of another mapping is refused by name, or reported", async () => {
  const { id } = await map.upsert({ connect: "A", refs: { shop: "1" } });
  const writes = [
    { connect: "B", refs: { shop: "2" } },
    { connect: "C", refs: { shop: "1" } },
    { connect: "D", refs: { shop: "2" } },
  ];
  const error = await map.upsertMany(writes.slice(0, 2)).catch((it) => it);
  expect([error.code, error.message]).toEqual(["conflict", `"1" at shop belongs to ${id} already.`]);
  expect(await map.get("B")).toBeNull();
  const reported = await map.upsertMany(writes, { onConflict: "report" });
  expect(reported).toMatchObject({
    created: 1,
    conflicts: [
      { index: 1, plug: "shop", ref: "1", owner: id },
      { index: 2, plug: "shop", ref: "2", owner: "B" },
    ],
  });
  expect(reported.ids.map((one) => one !== null)).toEqual([true, false, false]);
});

test("composite connect values are one record only when all parts are the same", async () => {
  const composite = hub.engine.mappings.open(orders);
  expectTypeOf(composite.get)
    .parameter(0)
    .toEqualTypeOf<string | number | { readonly store: string | number; readonly number: string | number }>();
  await composite.upsertMany([
    { connect: { store: "eu", number: 17 }, refs: { shop: "a" } },
    { connect: { number: "17", store: "us" }, refs: { shop: "b" } },
  ]);
  expect((await composite.get({ store: "eu", number: "17" }))?.refs).toEqual({ shop: "a" });
  // @ts-expect-error `number` is missing
  await expect(composite.get({ store: "eu" })).rejects.toThrow("connect[0].number: This field is missing.");
  await expect(composite.get("eu")).rejects.toThrow("One value is not enough.");
});

test("tenants have identities of their own", async () => {
  const acme = hub.engine.mappings.open("products", { tenant: "acme" });
  const globex = hub.engine.mappings.open("products", { tenant: "globex" });
  await acme.upsert({ connect: "A", refs: { shop: "1" } });
  await globex.upsert({ connect: "B", refs: { shop: "1" } });
  expect((await acme.getByRef("shop", "1"))?.connect).toEqual({ sku: "A" });
  expect((await globex.getByRef("shop", "1"))?.connect).toEqual({ sku: "B" });
  expect(await acme.get("B")).toBeNull();
});

test("10,000 are written and found in one statement each", async () => {
  const writes = Array.from({ length: 10_000 }, (_, at) => ({
    connect: `sku-${at}`,
    refs: { shop: at, erp: `e${at}` },
  }));
  expect(await map.upsertMany(writes)).toEqual(outcome(10_000, 0, 0));
  expect(await map.upsertMany(writes)).toEqual(outcome(0, 0, 10_000));
  const changed = writes.map((write, at) => (at % 2 ? { ...write, refs: { ...write.refs, crm: `c${at}` } } : write));
  expect(await map.upsertMany(changed)).toEqual(outcome(0, 5_000, 5_000));
  const found = await map.getManyByRef("shop", writes.map((_, at) => at).toReversed());
  expect(found.map((one) => one?.connect.sku)).toEqual(writes.map(({ connect }) => connect).toReversed());
  expect((await map.getMany(["sku-1", "none"])).map((one) => one?.refs.crm ?? null)).toEqual(["c1", null]);
});

test("agrees with a plain map, whatever comes", async () => {
  const write = fc.record({
    connect: fc.constantFrom("a", "b", "c", "d"),
    refs: fc.dictionary(fc.constantFrom("shop", "erp"), fc.constantFrom("1", "2", "3", "4", "5", "6"), {
      noNullPrototype: true,
    }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(write, fc.constantFrom("merge" as const, "replace" as const)), { maxLength: 8 }),
      async (script) => {
        await hub.sql`truncate khotan_mappings, khotan_mapping_refs`;
        const model = new Map<string, Record<string, string>>();
        for (const [{ connect, refs }, mode] of script) {
          const owner = [...model].find(
            ([key, has]) => key !== connect && Object.entries(refs).some(([plug, ref]) => has[plug] === ref),
          );
          const done = await map.upsertMany([{ connect, refs }], { mode, onConflict: "report" });
          expect(done.conflicts.length).toBe(owner ? 1 : 0);
          if (!owner) model.set(connect, mode === "merge" ? { ...model.get(connect), ...refs } : refs);
        }
        for (const key of ["a", "b", "c", "d"]) expect((await map.get(key))?.refs).toEqual(model.get(key));
      },
    ),
    { numRuns: 40 },
  );
});

describe("at once", () => {
  test("eight callers that make the same mappings make each once", async () => {
    const writes = Array.from({ length: 200 }, (_, at) => ({ connect: `k${at}`, refs: { shop: at } }));
    const done = await Promise.all(
      Array.from({ length: 8 }, (_, at) => map.upsertMany(at % 2 ? writes : writes.toReversed())),
    );
    expect(done.reduce((sum, one) => sum + one.created, 0)).toBe(200);
    for (const one of done) expect(one.created + one.updated + one.unchanged).toBe(200);
  });

  test("of eight that claim one ref, one gets it, and the others are told who has it", async () => {
    const done = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => map.upsert({ connect: `k${at}`, refs: { shop: "wanted" } })),
    );
    const won = done.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
    expect(won).toHaveLength(1);
    for (const one of done) if (one.status === "rejected") expect(one.reason.message).toContain(won[0]);
    expect((await hub.sql`select count(*)::int as n from khotan_mappings`)[0]?.n).toBe(1);
  });

  test("a ref never outlives its mapping", async () => {
    await map.upsert({ connect: "A" });
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        at % 2 ? map.delete("A") : map.upsert({ connect: "A", refs: { shop: at } }),
      ),
    );
    const orphans =
      await hub.sql`select 1 from khotan_mapping_refs r where not exists (select from khotan_mappings m where m.id = r.mapping_id)`;
    expect(orphans).toEqual([]);
  });
});

test("what is wrong is named by its record", async () => {
  const refused = async (writes: unknown[], message: string) =>
    await expect(map.upsertMany(writes as { connect: string }[])).rejects.toThrow(message);
  await refused([{ connect: "A" }, { connect: "" }], "mappings[1].connect: ");
  await refused([{ connect: "A", refs: { "Not A Plug": "1" } }], "mappings[0].refs.Not A Plug: ");
  await refused([{ connect: "A", refs: { shop: "\u0000" } }], "mappings[0].refs.shop: NUL characters");
  await refused(
    [{ connect: { sku: "A", colour: "red" } }],
    "mappings[0].connect.colour: There is no such connect field.",
  );
  expect(() => hub.engine.mappings.open("nope")).toThrow('There is no resource "nope".');
});

test("registration keeps one row of each resource; what is gone is retired", async () => {
  await Promise.all([1, 2, 3].map(() => registerResources(hub.engine.adapter, [products, orders])));
  await registerResources(hub.engine.adapter, [orders]);
  expect(await hub.sql`select name, retired_at is null as live from khotan_resources order by name`).toEqual([
    { name: "orders", live: true },
    { name: "products", live: false },
  ]);
});
