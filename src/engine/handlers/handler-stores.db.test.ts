import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { cache, catchEvent, fieldMapping, type HandlerContext, none, plug, resource } from "../index.ts";

const seen = cache({ name: "seen" });
const order = resource({ name: "orders", connectField: "number" });
const orderFields = fieldMapping({
  name: "orders",
  resource: "orders",
  fields: [
    { target: "number", source: "no" },
    { target: "total", type: "integer" },
  ],
});

/** What the catch does; each test says. */
let handle: (ctx: HandlerContext) => Promise<unknown>;
let database: TestDatabase;
let hub: HttpHub;

beforeEach(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    caches: [seen],
    resources: [order],
    fieldMappings: [orderFields],
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        catches: [catchEvent({ name: "keep", retry: { attempts: 1 }, timeoutMs: 5_000, run: (ctx) => handle(ctx) })],
      },
    ],
  });
  await hub.khotan.start();
  for (const tenant of ["default", "acme"]) {
    await hub.send("admin", "POST", `/variables/shop?tenant=${tenant}`, { body: {} });
  }
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

/** An event whose delivery has ended. */
async function happened(tenant = "default") {
  const body = { plug: "shop", tenant, type: "order.paid", body: { json: { no: "7", total: 5 } } };
  const { json } = await hub.send("operator", "POST", "/events", { body });
  const ended = await eventually(
    () => hub.send("viewer", "GET", `/events/${json.id}`),
    (answer) => answer.json.deliveries.every((one: { finishedAt: string | null }) => one.finishedAt !== null),
  );
  const [delivery] = ended.json.deliveries;
  return { id: delivery.id, status: delivery.status, run: delivery.runIds[0] };
}
const entries = () => hub.sql`select tenant, key, value from khotan_cache_entries order by tenant, key`;
const mappings = () => hub.sql`select tenant, connect from khotan_mappings order by tenant`;
const write = async (ctx: HandlerContext, key: string) => {
  await ctx.cache(seen).set(key, ctx.eventType);
  await ctx.mapping(order).upsert({ connect: key, refs: { shop: key } });
};

describe("in a handler", () => {
  test("caches and mappings are this tenant's, written at once, and say who wrote them", async () => {
    handle = async (ctx) => {
      await write(ctx, "a");
      throw new Error("afterwards");
    };
    expect((await happened("acme")).status).toBe("dead");
    expect(await entries()).toEqual([{ tenant: "acme", key: "a", value: "order.paid" }]);
    expect(await mappings()).toEqual([{ tenant: "acme", connect: { number: "a" } }]);
    expect(await hub.sql`select actor from khotan_mapping_changes`).toEqual([{ actor: "catch keep" }]);
  });

  test("within the transaction, and once it is open, they share its fate: gone with a failure, there with success", async () => {
    let fails = true;
    handle = async (ctx) => {
      await ctx.transaction(async () => {
        await write(ctx, "inside");
        expect(await ctx.cache(seen).get("inside")).toBe("order.paid");
      });
      // Beside the open transaction this would wait for it, and it for this.
      await write(ctx, "inside");
      await write(ctx, "after");
      expect((await ctx.mapping(order).getByRef("shop", "inside"))?.connect).toEqual({ number: "inside" });
      if (fails) throw new Error("at the end");
    };
    expect((await happened()).status).toBe("dead");
    expect([await entries(), await mappings()]).toEqual([[], []]);
    fails = false;
    expect((await happened()).status).toBe("succeeded");
    expect((await entries()).map(({ key }) => key)).toEqual(["after", "inside"]);
    expect(await mappings()).toHaveLength(2);
  });

  test("a field mapping is applied, and the run notes its version", async () => {
    handle = async (ctx) => await ctx.map(orderFields, [ctx.event, { no: "8", total: "many" }]);
    const { run } = await happened();
    const { json } = await hub.send("viewer", "GET", `/runs/${run}`);
    expect(json).toMatchObject({
      fieldMappings: [{ name: "orders", version: 0 }],
      result: { version: 0, failed: 1, values: [{ number: "7", total: 5 }] },
      logs: [
        { level: "warn", message: expect.stringContaining('record 1 of the page could not be mapped by "orders"') },
      ],
    });
  });

  test("a dry run reads what is there and keeps nothing, and notes the version it used", async () => {
    handle = async (ctx) => {
      const known = await ctx.cache(seen).get("a");
      if (known === undefined) await write(ctx, "a");
      else await write(ctx, "b");
      expect(await ctx.cache(seen).get(known === undefined ? "a" : "b")).toBe("order.paid");
      return { known, mapped: (await ctx.map("orders", [ctx.event])).values };
    };
    const { id } = await happened();
    const { json } = await hub.send("operator", "POST", `/deliveries/${id}/dry-run`);
    expect(json.run.status).toBe("succeeded");
    const run = await hub.send("viewer", "GET", `/runs/${json.run.id}`);
    expect(run.json).toMatchObject({
      dryRun: true,
      result: { known: "order.paid", mapped: [{ number: "7", total: 5 }] },
      fieldMappings: [{ name: "orders", version: 0 }],
    });
    expect((await entries()).map(({ key }) => key)).toEqual(["a"]);
    expect(await mappings()).toHaveLength(1);
  });
});
