import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createFlowHub, type FlowHub } from "../flows/testing/flow-hub.ts";
import { inflow } from "../index.ts";
import { json, localServer } from "../plugs/testing/local-server.ts";

let database: TestDatabase;
let hub: FlowHub;

/** This process starts the flow and looks; it runs nothing. */
beforeAll(async () => {
  database = await createTestDatabase();
  hub = createFlowHub(database.url, [inflow({ name: "copy", run: async () => undefined })], { role: "web" });
  await hub.runtime.ready();
  await hub.runtime.start();
  await hub.sql`create table copies (id text primary key, page integer not null)`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});
beforeEach(async () => {
  await hub.sql`truncate copies, khotan_flow_cursors, khotan_sync_states`;
});

const script = fileURLToPath(new URL("./testing/sync-process.ts", import.meta.url));

async function forkSync(source: string, cursor: string, crashPoint = "") {
  const child = fork(script, [database.url, source, cursor, crashPoint], { execArgv: ["--import", "tsx"] });
  const gone = once(child, "exit");
  const told = (kind: string) =>
    new Promise<void>((resolve) => {
      child.on("message", (message) => {
        if (typeof message === "object" && message !== null && "kind" in message && message.kind === kind) resolve();
      });
    });
  const standing = told("standing");
  await Promise.race([told("ready"), gone.then(() => Promise.reject(new Error("the process ended")))]);
  return {
    standing,
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await gone;
    },
  };
}

describe("a process that is killed", () => {
  test.each([
    ["before the page", "opaque", 4],
    ["within the transaction", "opaque", 4],
    ["behind the commit", "opaque", 5],
    ["before the end", "opaque", 10],
    ["before the page", "updated_at", 4],
    ["within the transaction", "updated_at", 4],
    ["behind the commit", "updated_at", 5],
    ["before the end", "updated_at", 10],
    ["behind the commit", "none", 5],
  ])(
    "%s, by a cursor of the kind %s, keeps what it had, takes nothing away, and another brings everything once",
    { timeout: 90_000 },
    async (point, cursor, written) => {
      const asked: number[] = [];
      await using source = await localServer((request, response) => {
        const page = Number(new URL(request.url, "http://x").searchParams.get("page"));
        asked.push(page);
        json(
          response,
          200,
          Array.from({ length: 5 }, (_, at) => ({ id: `${page}-${at}`, page, at: "2026-01-01T00:00:00Z" })),
        );
      });
      // Good data of an earlier refresh that the source has no more: it stays until a refresh has read all.
      const [flow] = await hub.sql`select id from khotan_flows where name = 'copy'`;
      await hub.sql`insert into copies values ('old', 0)`;
      await hub.sql`
      insert into khotan_sync_states (flow_id, tenant, key, hash, generation)
      values (${flow?.id}, 'default', 'old', 'x', '00000000-0000-7000-8000-000000000000')
    `;
      const first = await forkSync(source.url, cursor, point);
      const run = await hub.flow("copy").start();
      await first.standing;
      await first.kill();
      // Its lease would have to run out first.
      await hub.sql`update khotan_runs set lease_until = now() where status = 'running'`;
      const rows = () => hub.sql`select id from copies where id <> 'old'`;
      expect(await rows()).toHaveLength(written * 5);
      expect(await hub.sql`select id from copies where id = 'old'`).toHaveLength(1);
      const before = asked.length;
      const second = await forkSync(source.url, cursor);
      const done = await run.finished();
      await second.kill();
      expect(done).toMatchObject({ status: "succeeded", counters: { deleted: 1 } });
      expect(await rows()).toHaveLength(50);
      expect(await hub.sql`select id from copies where id = 'old'`).toHaveLength(0);
      // With a place of its own a page that was committed is not read again; else the window begins anew.
      const again = asked.slice(before);
      const resumesAt = cursor === "opaque" && written < 10 ? written : 0;
      if (!(cursor === "opaque" && written === 10)) expect(again[0]).toBe(resumesAt);
      expect(done.counters.created).toBe(50 + (cursor === "opaque" ? 0 : written * 5));
    },
  );
});
