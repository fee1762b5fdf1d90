import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { newUuid } from "../../contract/index.ts";
import { type Adapter, drizzleAdapter, type Transaction } from "../database/adapter.ts";
import { migrate } from "../database/migrate.ts";
import { createTransactionSlots } from "../runs/handler-transaction.ts";
import { onceInRun } from "./checkpoint.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let adapter: Adapter;
let runId: string;
const slots = createTransactionSlots(4);

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 6, onnotice: () => undefined });
  adapter = drizzleAdapter(drizzle(sql), { url: database.url });
  await migrate(adapter);
  await sql`create table effects (what text)`;
});
beforeEach(async () => {
  runId = newUuid();
  await sql`truncate effects`;
  await sql`
    insert into khotan_runs (id, kind, name, plug, tenant, status, source, idempotency_key, workflow_run_id)
    values (${runId}, 'catch', 'n', 'p', 'default', 'running', 'webhook', 'k', ${`wrun_${runId}`})`;
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const once = <T>(key: string, work: (tx: Transaction) => Promise<T>, workflowRunId = `wrun_${runId}`) =>
  onceInRun(adapter, slots, { runId, workflowRunId, key }, work);
const write = (what: string) => async (tx: Transaction) => {
  await tx.execute(`insert into effects values ('${what}')`);
  return { wrote: what };
};
const effects = async () => (await sql`select what from effects order by what`).map((row) => row.what);

test("is done once; whoever comes again gets the stored result", async () => {
  expect(await once("a#0", write("one"))).toEqual({ wrote: "one" });
  expect(await once("a#0", write("two"))).toEqual({ wrote: "one" });
  expect(await once("a#1", write("three"))).toEqual({ wrote: "three" });
  expect(await effects()).toEqual(["one", "three"]);
});

test("of two at once the second waits for the first, and gets its result", async () => {
  const [begun, going] = [createGate(), createGate()];
  const slow = once("a#0", async (tx) => {
    const result = await write("slow")(tx);
    begun.open();
    await going.opened;
    return result;
  });
  await begun.opened;
  const second = once("a#0", write("second"));
  going.open();
  expect(await Promise.all([slow, second])).toEqual([{ wrote: "slow" }, { wrote: "slow" }]);
  expect(await effects()).toEqual(["slow"]);
});

test("what throws leaves nothing, and may be done again", async () => {
  const failing = once("a#0", async (tx) => {
    await write("lost")(tx);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await once("a#0", write("kept"))).toEqual({ wrote: "kept" });
  expect(await effects()).toEqual(["kept"]);
});

test("gives the first one, too, what JSON makes of the result", async () => {
  const result = { at: new Date(0), gone: undefined };
  expect(await once("a#0", async () => result)).toEqual({ at: "1970-01-01T00:00:00.000Z" });
  expect(await once("a#0", async () => result)).toEqual({ at: "1970-01-01T00:00:00.000Z" });
  expect(await once<void>("b#0", async () => undefined)).toBeUndefined();
  expect(await once<void>("b#0", async () => undefined)).toBeUndefined();
  expect(await once("c#0", async () => null)).toBeNull();
  expect(await once("c#0", async () => 1)).toBeNull();
});

test.each([
  ["goes on in another Workflow run", "workflow_run_id = 'wrun_other_' || id"],
  ["has ended", "status = 'failed'"],
  ["is to be cancelled", "cancel_requested_at = now()"],
])("writes nothing when the run meanwhile %s", async (_, change) => {
  const writing = once("a#0", async (tx) => {
    await write("too late")(tx);
    await sql.unsafe(`update khotan_runs set ${change} where id = '${runId}'`);
  });
  await expect(writing).rejects.toMatchObject({ name: "FatalError", code: "run_superseded" });
  expect(await effects()).toEqual([]);
});
