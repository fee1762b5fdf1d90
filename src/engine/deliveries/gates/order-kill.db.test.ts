import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { eventually, type TestHub } from "../../../../tests/support/hub.ts";
import { catchEvent } from "../../index.ts";
import { send, startGateHub } from "./testing/gate-hub.ts";

const KEYS = 4;
const EACH = 25;
const PROCESSES = 3;
const KILLS = 2;

let database: TestDatabase;
let door: TestHub;
const processes = new Set<ChildProcess>();

beforeAll(async () => {
  database = await createTestDatabase();
  // Accepts and handles nothing; it knows the handler, so that its key is asked.
  door = await startGateHub(database.url, {
    role: "web",
    catches: [
      catchEvent({
        name: "in-order",
        schema: z.object({ key: z.string(), n: z.number() }),
        orderBy: (event) => event.key,
        retry: { attempts: 50, delaysMs: [20] },
        run: async () => undefined,
      }),
    ],
  });
  await door.sql`create table effects (seq bigint generated always as identity, key text, n integer)`;
});
afterAll(async () => {
  for (const child of processes) child.kill("SIGKILL");
  await door?.stop();
  await database?.drop();
});

async function startProcess(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./testing/ordered-process.ts", import.meta.url));
  const child = fork(script, [database.url], { execArgv: ["--import", "tsx"] });
  processes.add(child);
  child.once("exit", () => processes.delete(child));
  await once(child, "message");
  return child;
}

test(`${KEYS * EACH} ordered events, ${PROCESSES} processes of which ${KILLS} are killed with -9: each key's effects are written once, in order`, async () => {
  await Promise.all(Array.from({ length: PROCESSES }, startProcess));
  const sending = Promise.all(
    Array.from({ length: KEYS }, async (_, key) => {
      for (let n = 0; n < EACH; n++) await send(door, { key: String(key), n });
    }),
  );
  const effects = async () => Number((await door.sql`select count(*)::int as n from effects`)[0]?.n);
  for (let kill = 1; kill <= KILLS; kill++) {
    const target = Math.floor((KEYS * EACH * kill) / (KILLS + 1));
    await eventually(effects, (n) => n >= target, 120_000);
    const [victim] = processes;
    if (!victim) throw new Error("no process left");
    const gone = once(victim, "exit");
    victim.kill("SIGKILL");
    await gone;
    await startProcess();
  }
  await sending;
  await eventually(effects, (n) => n === KEYS * EACH, 120_000);
  const rows = await door.sql`select key, n from effects order by seq`;
  for (let key = 0; key < KEYS; key++) {
    const mine = rows.filter((row) => row.key === String(key)).map((row) => row.n);
    expect(mine).toEqual(Array.from({ length: EACH }, (_, n) => n));
  }
  await eventually(
    async () =>
      Number((await door.sql`select count(*)::int as n from khotan_deliveries where finished_at is null`)[0]?.n),
    (n) => n === 0,
  );
}, 300_000);
