import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate, type Gate } from "../../../tests/support/gate.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { inflow, none, plug, sync } from "../index.ts";

let going: Gate<void>;
let hold: Gate<void> | null = null;
let database: TestDatabase;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  const steps = inflow({
    name: "steps",
    variants: { small: {}, large: {} },
    async run(ctx) {
      const from = (await ctx.cursor.get<number>()) ?? 0;
      going.open();
      await hold?.opened;
      await ctx.cursor.set(from + 1);
      await ctx.cursor.shared.named("folder").set({ a: 1 });
      return { from };
    },
  });
  const things = inflow({
    name: "things",
    run: sync({
      read: () => ({ items: [{ id: "1", at: "2026-01-02T03:04:05.000Z" }] }),
      key: "id",
      updatedAt: "at",
      write: async () => ({}),
    }),
  });
  const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
  hub = createHttpHub(database.url, { plugs: [{ plug: shop, flows: [steps, things] }] });
  await hub.khotan.start();
  for (const tenant of ["acme", "globex"])
    await hub.send("admin", "POST", `/variables/shop?tenant=${tenant}`, { body: {} });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});
beforeEach(async () => {
  going = createGate();
  hold = null;
  await hub.sql`truncate khotan_flow_cursors`;
});

const run = async (variant: "small" | "large", tenant = "default") =>
  (await hub.khotan.flow("steps", { tenant }).start({ variant })).finished();
const cursors = (who: Who | null, query = "") => hub.send(who, "GET", `/flows/steps/cursors${query}`);
const reset = (who: Who | null, query = "") => hub.send(who, "DELETE", `/flows/steps/cursors${query}`);
const names = (items: { variant: string; name: string }[]) => items.map(({ variant, name }) => `${variant}/${name}`);

test("is protected", async () => {
  expect((await cursors(null)).status).toBe(401);
  expect((await reset(null)).status).toBe(401);
  expect((await reset("viewer")).status).toBe(403);
  expect((await hub.send("viewer", "GET", "/flows/nothing/cursors")).status).toBe(404);
});

test("whoever may see some tenants sees and resets theirs only", async () => {
  await run("small", "acme");
  await run("small", "globex");
  expect(names((await cursors("acme")).json.items)).toEqual(["/folder", "small/"]);
  expect((await cursors("acme", "?tenant=globex")).status).toBe(403);
  expect((await reset("acme", "?tenant=globex")).status).toBe(403);
  expect((await reset("acme")).json.items).toEqual([]);
  expect((await cursors("globex")).json.items).toHaveLength(2);
});

test("shows each cursor with the run that set it, and what a sync's place means", async () => {
  const done = await run("small");
  expect((await cursors("viewer")).json).toMatchObject({
    tenant: "default",
    running: null,
    items: [
      { variant: "", name: "folder", value: { a: 1 }, sync: null, runId: done.runId },
      { variant: "small", name: "", value: 1, sync: null, runId: done.runId },
    ],
  });
  await (await hub.khotan.flow("things").start()).finished();
  const { json } = await hub.send("viewer", "GET", "/flows/things/cursors");
  expect(json.items).toMatchObject([
    { name: "sync", sync: { watermark: "2026-01-02T03:04:05.000Z", window: null, platform: expect.any(String) } },
  ]);
});

test("one variant or one name is reset, the next run begins there anew, and it is written down who did it", async () => {
  await run("small");
  await run("small");
  await run("large");
  expect(names((await reset("operator", "?variant=small")).json.items)).toEqual(["/folder", "large/"]);
  expect((await run("small")).result).toEqual({ from: 0 });
  expect((await run("large")).result).toEqual({ from: 1 });
  expect(names((await reset("operator", "?variant=&name=folder")).json.items)).toEqual(["large/", "small/"]);
  expect((await reset("operator")).json.items).toEqual([]);
  const [entry] = await hub.sql`
    select actor, target, tenant, data from khotan_audit where action = 'flow.cursor.reset' and tenant = 'default' order by id limit 1
  `;
  expect(entry).toMatchObject({
    actor: "key_operator",
    target: "steps",
    tenant: "default",
    data: { before: [{ variant: "small", name: "", value: 2 }] },
  });
});

test("while a run goes on nothing is reset: it would set its cursor again at its end", async () => {
  await run("small");
  hold = createGate();
  going = createGate();
  const second = run("small");
  await going.opened;
  const refused = await reset("operator");
  expect([refused.status, refused.json.error.code]).toEqual([409, "flow_running"]);
  const { json } = await cursors("viewer");
  expect([json.running, json.items.length]).toEqual([expect.stringMatching(/^run_/), 2]);
  hold.open();
  expect((await second).result).toEqual({ from: 1 });
  expect((await reset("operator")).json.items).toEqual([]);
});
