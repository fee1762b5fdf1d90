/**
 * What durable delivery adds to a workflow: handlers with `workflow` of one step, from the stored event to the ended run,
 * against `start()` of the same workflow alone, until Workflow's own run has ended. One process, one world, taking turns.
 *
 * Run: npm run bench workflows; `--quick` for fewer rounds.
 */
import { setTimeout as delay } from "node:timers/promises";
import { newUuid } from "../src/contract/index.ts";
import { sendTo, startWorkflowHub } from "../tests/support/workflow-hub.ts";
import { startWorkflowRuntime } from "../tests/support/workflow-runtime.ts";
import { median, printTable } from "./support/load.ts";
import { startBenchDatabase } from "./support/product.ts";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 3 : 7;
const RUNS = quick ? 40 : 100;

const database = await startBenchDatabase();
const world = await startWorkflowRuntime(database.url, {
  oneStep: { steps: { once: async () => "done" }, body: "return await once();" },
});
// Only now: it looks for its world while it is loaded.
const { start } = await import("workflow/api");
const hub = await startWorkflowHub(database.url, world.workflow("oneStep"));
const { sql } = database;

const runsPerSec = async (begin: () => Promise<unknown>, ended: () => Promise<number>): Promise<number> => {
  const before = await ended();
  const from = performance.now();
  await Promise.all(Array.from({ length: RUNS }, begin));
  while ((await ended()) < before + RUNS) await delay(20);
  return (RUNS / (performance.now() - from)) * 1_000;
};

const alone = () =>
  runsPerSec(
    () =>
      start(world.workflow("oneStep"), [
        { runId: newUuid(), eventId: newUuid(), eventType: "push", event: null, tenant: "default", idempotencyKey: "" },
      ]),
    async () =>
      Number((await sql`select count(*)::int as n from workflow.workflow_runs where status = 'completed'`)[0]?.n),
  );
const delivered = () =>
  runsPerSec(
    () => sendTo(hub, { n: newUuid() }),
    async () => Number((await sql`select count(*)::int as n from khotan_runs where status = 'succeeded'`)[0]?.n),
  );

await alone();
await delivered();
const rows = [["round", "delivered/s", "start() alone/s", "ratio"]];
const ratios: number[] = [];
for (let round = 1; round <= ROUNDS; round++) {
  const inOrder = round % 2 === 0 ? [await delivered(), await alone()] : [await alone(), await delivered()].reverse();
  const [ours = Number.NaN, theirs = Number.NaN] = inOrder;
  ratios.push(ours / theirs);
  rows.push([String(round), ours.toFixed(1), theirs.toFixed(1), (ours / theirs).toFixed(2)]);
}
console.log(`Workflow handlers of one step, ${RUNS} runs a round; Node ${process.version}\n`);
printTable(rows);
console.log(`\nmedian ratio ${median(ratios).toFixed(2)}`);
await hub.stop();
await world.stop();
await database.stop();
process.exit(0);
