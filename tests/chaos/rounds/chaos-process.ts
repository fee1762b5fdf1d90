import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { z } from "zod";
import { healPool } from "../../../src/engine/database/heal-pool.ts";
import { stepContext, type WorkflowContext } from "../../../src/engine/durable/index.ts";
import { drizzleAdapter, khotan } from "../../../src/engine/factory.ts";
import { listen } from "../../../src/server/http/listen.ts";
import { TEST_SECRET } from "../../support/hub.ts";
import { startWorkflowRuntime } from "../../support/workflow-runtime.ts";
import { chaosPlugs, POINTS, type Point, writeEffect } from "./chaos-plugs.ts";

/**
 * One of the driver's processes: a hub with HTTP, queue, flows and workflows, everything but Next.
 * `chaos-process <database> <destination> <world>`; see `fork-chaos-process.ts`.
 */
const [, , url = "", destinationUrl = "", worldPath] = process.argv;

const messageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("die at"), point: z.enum(POINTS), skip: z.number() }),
  z.object({ kind: z.literal("step clock"), byMs: z.number() }),
]);

let death: { point: Point; skip: number } | null = null;
let clockOffMs = 0;
const realNow = Date.now;
// What asks the clock itself, the queue and the drivers among them, is wrong as well.
Date.now = () => realNow() + clockOffMs;

/** The handlers come by here. */
function at(point: Point): void {
  if (death?.point !== point || death.skip-- > 0) return;
  process.kill(process.pid, "SIGKILL");
  // The signal is on its way: not one statement more.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

async function first(ctx: WorkflowContext): Promise<void> {
  at("workflow: begun");
  const step = await stepContext(ctx);
  await step.transaction((tx) => writeEffect(tx, ctx, "durable: first"));
}

async function second(ctx: WorkflowContext): Promise<void> {
  at("workflow: between its steps");
  const step = await stepContext(ctx);
  await step.transaction(async (tx) => {
    await writeEffect(tx, ctx, "durable: second");
    at("workflow: written, not committed");
  });
}

const durable = { steps: { first, second }, body: "await first(ctx); await second(ctx);" };
const workflows = await startWorkflowRuntime(url, { durable }, worldPath);
const pool = new pg.Pool({ connectionString: url, max: 8 });
healPool(pool);
const hub = khotan({
  adapter: drizzleAdapter(drizzle(pool), { url }),
  secret: TEST_SECRET,
  allowPrivateNetwork: "127.0.0.0/8",
  authorize: () => true,
  clock: { now: () => Date.now() },
  plugs: chaosPlugs(destinationUrl, workflows.workflow("durable"), at),
});
await hub.start();
const server = createServer(getRequestListener(hub.handler));
const port = await listen(server, 0, "127.0.0.1");

process.on("message", (raw) => {
  const message = messageSchema.parse(raw);
  if (message.kind === "die at") death = message;
  else clockOffMs += message.byMs;
});
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "ready", port });
