import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { none, plug, wire } from "../index.ts";
import type { ChangeMessage } from "./change-message.ts";

const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
const plugs = [{ plug: shop, wires: [wire({ events: ["order.*"], onVerify: () => true, listMissed: () => [] })] }];

let database: TestDatabase;
/** Where things are done, and another process that hears of them. */
let here: HttpHub;
let there: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  here = createHttpHub(database.url, { plugs });
  await here.khotan.ready();
  there = createTestHub(database.url, { plugs, role: "web" });
  await there.runtime.ready();
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
});

const heard = (topic: ChangeMessage["t"]): Promise<ChangeMessage> =>
  new Promise((resolve) => {
    const deaf = there.engine.listener.on((message) => {
      if (message.t !== topic) return;
      deaf();
      resolve(message);
    });
  });

const rule = { name: "too many", metric: "dead_letters", threshold: 1 };

test.each([
  ["alerts", "POST", "/alerts/rules", rule],
  ["retention", "PATCH", "/retention", { logs: 7 }],
  ["audit", "PATCH", "/retention", { logs: 8 }],
  ["wires", "POST", "/wires/shop", {}],
  ["gaps", "POST", "/wires/shop/repair", { since: "2026-01-01T00:00:00Z" }],
] as const)("%s are announced to other processes: %s %s", async (topic, method, path, body) => {
  const told = heard(topic);
  const { status } = await here.send("admin", method, path, { body });
  expect(status).toBeLessThan(300);
  await told;
});

test("a gap that is being repaired, and one that is closed, are announced", async () => {
  await here.send("admin", "POST", "/wires/shop/repair", { body: { since: "2026-02-01T00:00:00Z" } });
  const closed = new Promise<void>((resolve) => {
    there.engine.listener.on(({ t }) => {
      if (t !== "gaps") return;
      void here.send("viewer", "GET", "/wires/shop/gaps").then(({ json }) => {
        if (json.items.every((gap: { status: string }) => gap.status === "closed")) resolve();
      });
    });
  });
  await here.khotan.start();
  await closed;
});
