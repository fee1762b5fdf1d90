import type { PlugRegistration } from "../../src/engine/config.ts";
import { type FlowHandle, flowHandle } from "../../src/engine/flows/flow-handle.ts";
import { type RunningSandbox, type StartSandboxOptions, startSandbox } from "../../src/sandbox/index.ts";
import { createAppTables } from "./app-tables.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { createTestHub, eventually, type TestHub } from "./hub.ts";

/** A hub with flows of this app, its tables, and a sandbox to sync with. */
export interface SandboxHub extends TestHub {
  readonly sandbox: RunningSandbox;
  readonly database: TestDatabase;
  flow(name: string): FlowHandle;
  /** Run a flow to its end. */
  run(name: string, variant?: string): ReturnType<Awaited<ReturnType<FlowHandle["start"]>>["finished"]>;
  /** Wait until an attempt of this flow has failed and waits for its next; then do this, and let that begin at once. */
  hurryRetry(name: string, first: () => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * The plug of the sandbox reads the sandbox's address when it is loaded: reserve one before it is imported.
 *
 * @example
 * const port = await reserveSandbox();
 * const { products } = await import("./products.ts");
 */
export async function reserveSandbox(): Promise<number> {
  const running = await startSandbox({ port: 0, sizes: { products: 0, orders: 0, customers: 0 } });
  await running.stop();
  process.env.KHOTAN_SANDBOX_URL = running.url;
  return running.port;
}

export async function createSandboxHub(
  options: StartSandboxOptions,
  plugs: readonly PlugRegistration[],
): Promise<SandboxHub> {
  const [database, sandbox] = await Promise.all([createTestDatabase(), startSandbox(options)]);
  const hub = createTestHub(database.url, { plugs });
  await createAppTables(hub.sql);
  await hub.runtime.start();
  const flow = (name: string) => flowHandle(hub.engine, hub.runtime, name);
  return {
    ...hub,
    sandbox,
    database,
    flow,
    run: async (name, variant) => (await flow(name).start({ variant })).finished(),
    async hurryRetry(name, first) {
      const waiting = () => hub.sql`
        select id from khotan_runs
        where name = ${name} and status = 'pending' and attempts > 0 and next_attempt_at > now()
      `;
      await eventually(waiting, (found) => found.length > 0);
      first();
      await hub.sql`update khotan_runs set next_attempt_at = now() where name = ${name} and status = 'pending'`;
      hub.runtime.flows.nudge();
    },
    async close() {
      await hub.stop();
      await Promise.all([sandbox.stop(), database.drop()]);
    },
  };
}
