import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeId } from "../../src/contract/index.ts";
import { catchEvent, none, PermanentError, plug } from "../../src/engine/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createHttpHub, type HttpHub } from "../support/http-hub.ts";
import { eventually } from "../support/hub.ts";
import { docsPage } from "./docs-page.ts";

const page = docsPage("replay.md");
const exec = promisify(execFile);

let database: TestDatabase;
let hub: HttpHub;
let server: Server;
let origin = "";
let broken = false;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        catches: [
          catchEvent({
            name: "keep",
            events: ["order.*"],
            run: async () => {
              if (broken) throw new PermanentError("The shop is closed.", { code: "closed" });
            },
          }),
        ],
      },
    ],
  });
  await hub.khotan.start();
  await hub.send("admin", "POST", "/variables/shop", { body: {} });
  server = createServer(getRequestListener(hub.khotan.handler)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await hub.stop();
  await database.drop();
});

/** Run the commands of a section. @returns what each of them answered. */
async function run(section: string, names: Record<string, string>): Promise<Record<string, never>[]> {
  const head = page.blocks.find(({ language, section: at }) => language === "sh" && at === "");
  const blocks = page.blocks.filter(({ language, section: at }) => language === "sh" && at === section);
  expect(blocks.length).toBeGreaterThan(0);
  const setUp = (head?.lines ?? [])
    .join("\n")
    .replace("http://localhost:3000", origin)
    .replace("my-very-own-key-for-scripts", "admin");
  const commands = blocks.flatMap(({ lines }) => lines.join("\n").split(/\n(?=curl )/));
  const answers = [];
  for (const command of commands) {
    const script = `set -eu\n${setUp}\n${command}`;
    const { stdout } = await exec("bash", ["-c", script], { env: { ...process.env, ...names } });
    answers.push(JSON.parse(stdout));
  }
  return answers;
}

const settled = (count: number, status: string) =>
  eventually(
    () =>
      hub.sql`select id, event_id, handler_id, run_id, error_fingerprint from khotan_deliveries where status = ${status} order by id`,
    (rows) => rows.length >= count,
  );

test("docs/replay.md says what happens, command by command", async () => {
  for (let n = 0; n < 3; n++)
    await hub.send("admin", "POST", "/events", { body: { plug: "shop", type: "order.paid" } });
  const [first] = await settled(3, "succeeded");
  const names: Record<string, string> = {
    EVENT: encodeId("event", first?.event_id),
    HANDLER: encodeId("handler", first?.handler_id),
    DELIVERY: encodeId("delivery", first?.id),
    RUN: encodeId("run", first?.run_id),
  };
  const one = await run("One", names);
  expect(one[0]).toMatchObject({ eventId: names.EVENT, deliveries: [{ replayNo: 1 }] });
  expect(one.slice(1)).toMatchObject([
    { deliveries: [{ replayNo: 2 }] },
    { replayOf: names.DELIVERY },
    { runId: null },
  ]);

  const dry = await run("Dry runs", names);
  expect(dry).toMatchObject([
    { run: { dryRun: true, status: "succeeded" }, diff: { calls: [] } },
    { run: { dryRun: true, retryOf: names.RUN } },
  ]);

  const started = await hub.send("admin", "POST", "/events/replay", { body: { filter: {} } });
  const many = await run("Many", { ...names, JOB: started.json.job.id });
  expect(many[0]).toEqual({ count: 3, estimated: false, job: null });
  expect(many.slice(1)).toMatchObject([
    { count: 3, job: { kind: "events.replay", total: 3 } },
    { items: [{ kind: "events.replay" }, { id: started.json.job.id }] },
    { id: started.json.job.id },
  ]);

  const byHand = await run("By hand", names);
  expect(byHand).toMatchObject([
    { origin: "test", type: "order.paid", payload: { total: 5 } },
    { origin: "edited", causationId: names.EVENT, payload: { total: 6 } },
  ]);

  broken = true;
  await hub.send("admin", "POST", `/events/${names.EVENT}/replay`, { body: {} });
  const [dead] = await settled(1, "dead");
  broken = false;
  const letters = await run("Dead letters", { ...names, FINGERPRINT: String(dead?.error_fingerprint) });
  expect(letters).toMatchObject([
    { items: [{ code: "closed", handler: "keep", count: expect.any(Number) }] },
    { items: expect.arrayContaining([expect.objectContaining({ status: "dead", replayedAt: null })]) },
    { job: { kind: "deliveries.retry" } },
  ]);
  expect(await run("Cancel", names)).toMatchObject([{ job: { kind: "runs.cancel" } }]);
});
