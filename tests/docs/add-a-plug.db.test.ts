import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { getRequestListener } from "@hono/node-server";
import * as vitest from "vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyPlug, Handler, Wire } from "../../src/engine/index.ts";
import { type RunningSandbox, startSandbox } from "../../src/sandbox/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { createHttpHub, type HttpHub } from "../support/http-hub.ts";
import { eventually } from "../support/hub.ts";
import { docsPage } from "./docs-page.ts";

const page = docsPage("add-a-plug.md");
const at = (path: string) => `src/khotan/${path}`;
const exec = promisify(execFile);

let running: RunningSandbox;
beforeAll(async () => {
  running = await startSandbox({ port: 0 });
});
afterAll(() => running.stop());

describe("docs/add-a-plug.md", () => {
  it("shows a test that passes", async () => {
    const before: (() => unknown)[] = [];
    const tests: (() => Promise<void>)[] = [];
    const after: (() => unknown)[] = [];
    const collected = {
      ...vitest,
      beforeAll: (work: () => unknown) => before.push(work),
      afterAll: (work: () => unknown) => after.push(work),
      it: (_name: string, work: () => Promise<void>) => tests.push(work),
    };
    await page.runner(running.url, { vitest: collected }).run(at("plugs/store.test.ts"));
    expect([before.length, tests.length, after.length]).toEqual([1, 3, 1]);
    for (const work of [...before, ...tests, ...after]) await work();
    delete process.env.STORE_URL;
  });

  it("leads to an event that is handled, command by command", async () => {
    const { store, storeWire, noteStoreOrders } = await integration();
    await using hub = await serve({ plug: store, wires: [storeWire], catches: [noteStoreOrders] });
    const [connect, emit, look] = page.blocks.filter(({ language }) => language === "sh");
    const shell = shellFor(hub.url);
    await shell(connect?.lines);
    expect(running.subscriptions.list()).toMatchObject([{ url: `${hub.url}/api/khotan/webhook/store` }]);
    await shell(emit?.lines);
    await eventually(
      async () => (await hub.sql`select status from khotan_runs`)[0]?.status,
      (status) => status === "succeeded",
    );
    const [runs, exchanges] = (await shell(look?.lines)).split(/(?<=\})(?=\{)/).map((text) => JSON.parse(text));
    expect(runs.items).toMatchObject([{ plug: "store", status: "succeeded", name: "note-store-orders" }]);
    const calls = exchanges.items.map((each: Record<string, unknown>) => [each.source, each.endpoint, each.status]);
    expect(calls).toEqual([
      ["run", "getOrder", 200],
      ["wire", "createWebhook", 201],
    ]);
    const [line] = await hub.sql`select message from khotan_run_logs`;
    expect(line?.message).toMatch(/^order \S+ was paid: \d+\.\d\d$/);
  });
});

/** What the page's files export. */
async function integration() {
  const runner = page.runner(running.url);
  const [plug, wire, handler] = await Promise.all(
    [at("plugs/store.ts"), at("wires/store-wire.ts"), at("catches/note-store-orders.ts")].map(runner.run),
  );
  // Their types are checked by pages-compile.test.ts; here they come from text.
  return {
    store: plug?.store as AnyPlug,
    storeWire: wire?.storeWire as Wire,
    noteStoreOrders: handler?.noteStoreOrders as Handler,
  };
}

/** A hub on a port, as `npm start` has it, with a key that opens it. */
async function serve(registration: { plug: AnyPlug; wires: Wire[]; catches: Handler[] }) {
  const database: TestDatabase = await createTestDatabase();
  const hub: HttpHub = createHttpHub(database.url, { plugs: [registration] });
  await hub.khotan.start();
  const server: Server = createServer(getRequestListener(hub.khotan.handler, { overrideGlobalObjects: false }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    sql: hub.sql,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await hub.stop();
      await database.drop();
    },
  };
}

/** Runs a page's commands here; the variables that one block sets stay for the next. */
function shellFor(hubUrl: string) {
  const variables: string[] = [];
  return async (lines: readonly string[] = []): Promise<string> => {
    const script = [...variables, ...lines]
      .join("\n")
      .replaceAll("http://localhost:3000", hubUrl)
      .replaceAll("http://127.0.0.1:4010", running.url)
      .replaceAll("my-very-own-key-for-scripts", "admin");
    variables.push(...lines.filter((line) => /^[A-Z]+=/.test(line)));
    const { stdout } = await exec("bash", ["-e", "-c", script]).catch((error: { stdout: string }) => {
      throw new Error(`a command of the page failed: ${error.stdout}`, { cause: error });
    });
    return stdout;
  };
}
