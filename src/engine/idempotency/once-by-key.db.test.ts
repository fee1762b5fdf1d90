import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CuttableProxy, cuttableProxy } from "../../../tests/support/cuttable-proxy.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { statementProxy } from "../../../tests/support/statement-proxy.ts";
import { newUuid } from "../../contract/index.ts";
import { type Adapter, drizzleAdapter } from "../database/adapter.ts";
import { migrate } from "../database/migrate.ts";
import { onceByKey } from "./once-by-key.ts";

let database: TestDatabase;
let proxy: CuttableProxy;
let sql: postgres.Sql;
let adapter: Adapter;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await cuttableProxy(database.url);
  sql = postgres(proxy.url, { max: 2, onnotice: () => undefined });
  adapter = drizzleAdapter(drizzle(sql), { url: proxy.url });
  await migrate(adapter);
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await proxy.cut();
  await database.drop();
});

const ask = (key: string, work: (workId: string) => Promise<Response>) =>
  onceByKey(
    adapter,
    newUuid(),
    {
      principal: { id: "ada", role: "admin", tenants: "*" },
      key,
      method: "POST",
      target: "/things",
      body: new Uint8Array(),
    },
    work,
  );
/** Until it is not told that the first one is under way. */
const insist = (key: string, work: (workId: string) => Promise<Response>) =>
  eventually(
    () => ask(key, work).catch(() => null),
    (answer) => answer !== null,
  );

test("a request whose line to the database breaks may be tried again once it is mended, and is to make the same", async () => {
  const tries: string[] = [];
  const first = ask("broken", async (workId) => {
    tries.push(workId);
    await proxy.cut();
    await sql`select 1`;
    return Response.json({});
  });
  await expect(first).rejects.toThrow();
  await proxy.mend();
  const again = await insist("broken", async (workId) => {
    tries.push(workId);
    return Response.json({ done: true });
  });
  expect(await again?.json()).toEqual({ done: true });
  expect(tries).toHaveLength(2);
  expect(tries[1]).toBe(tries[0]);
});

test("a claim whose answer is lost with its line holds nobody up", async () => {
  const wire = await statementProxy(database.url);
  const client = postgres(wire.url, { max: 1, onnotice: () => undefined });
  const mine = drizzleAdapter(drizzle(client), { url: wire.url });
  const processId = newUuid();
  await sql`
    insert into khotan_processes (id, role, host, pid, version, worker_ids, started_at, heartbeat_at)
    values (${processId}, 'web', 'here', 1, '0', '[]', now(), now())`;
  const once = () =>
    onceByKey(
      mine,
      processId,
      {
        principal: { id: "ada", role: "admin", tenants: "*" },
        key: "unheard",
        method: "POST",
        target: "/things",
        body: new Uint8Array(),
      },
      async () => Response.json({ done: true }),
    );
  const struck = wire.strike({ statement: /insert into khotan_idempotency/, moment: "after" });
  await expect(once()).rejects.toThrow();
  await struck;
  const [claimed] = await sql`select status from khotan_idempotency where key = 'unheard'`;
  expect(claimed).toEqual({ status: null });
  const again = await eventually(
    () => once().catch(() => null),
    (answer) => answer !== null,
  );
  expect(await again?.json()).toEqual({ done: true });
  await client.end({ timeout: 1 });
  await wire.close();
});

test("an answer that could not be kept is kept once the line is mended: the work is not done again", async () => {
  const done = await ask("unkept", async () => {
    await proxy.cut();
    return Response.json({ done: 1 });
  });
  expect(await done.json()).toEqual({ done: 1 });
  await proxy.mend();
  const again = await insist("unkept", async () => Response.json({ done: 2 }));
  expect(await again?.json()).toEqual({ done: 1 });
});
