import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { githubSignature, inflow, KhotanConfigError, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
const gates: (() => void)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const orders = inflow({
    name: "orders",
    on: { events: ["order.*"], variant: "delta" },
    variants: { delta: {}, full: {} },
    run: async (ctx) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return { body: ctx.body, source: ctx.source };
    },
  });
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        flows: [orders],
      },
    ],
  });
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: "a-shared-secret" } } });
  await hub.khotan.start();
});
afterAll(async () => {
  for (const open of gates) open();
  await hub.stop();
  await database.drop();
});

async function post(type: string, payload: unknown, id: string = newUuid()) {
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const request = { method: "POST", url: "http://hub.test", headers: {}, body };
  const signed = githubSignature().sign?.(request, "a-shared-secret");
  const headers = {
    ...signed?.headers,
    "x-github-event": type,
    "x-github-delivery": id,
    "content-type": "application/json",
  };
  return await hub.send(null, "POST", "/webhook/shop", { raw: body, headers });
}
const runs = async () => (await hub.send("admin", "GET", "/runs?flow=orders")).json.items;
const delivered = (count: number) =>
  eventually(
    () => hub.sql`select status from khotan_deliveries where finished_at is not null`,
    (all) => all.length === count,
  );

test("an event starts a flow; many while it goes on start it once more; others do not; a repeat does not", async () => {
  expect((await post("order.paid", { id: 1 }, "first")).status).toBe(202);
  await expect.poll(() => gates.length).toBe(1);
  for (const id of [2, 3, 4]) await post("order.paid", { id });
  await post("order.paid", { id: 1 }, "first");
  await post("invoice.paid", { id: 5 });
  await delivered(4);
  const waiting = await runs();
  expect(waiting.map((run: { status: string }) => run.status)).toEqual(["pending", "running"]);
  expect(waiting[1]).toMatchObject({ variant: "delta", source: "webhook", eventId: expect.stringMatching(/^evt_/) });
  gates[0]?.();
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.();
  const done = await eventually(runs, (all) => all.every((run: { status: string }) => run.status === "succeeded"));
  const { json } = await hub.send("admin", "GET", `/runs/${done[1].id}`);
  expect(json.result).toEqual({ body: { id: 1 }, source: "webhook" });
  expect(done).toHaveLength(2);
});

test("a trigger of a variant that does not exist is refused", () => {
  const run = async () => undefined;
  expect(() => inflow({ name: "a", on: { events: ["*"], variant: "x" }, run })).toThrow(KhotanConfigError);
  expect(() => inflow({ name: "a", on: { events: ["*"] }, variants: { b: {} }, run })).toThrow("Name one of: b.");
  expect(() => inflow({ name: "a", on: { events: [] }, run })).toThrow(KhotanConfigError);
});
