import type { Khotan } from "../factory.ts";
import { bringDatabase } from "./bring-database.ts";
import { endInOrder } from "./end-in-order.ts";
import { keepSignalHandlers } from "./keep-signal-handlers.ts";
import { workflowEnvironment } from "./workflow-environment.ts";

export interface StartOptions {
  /** Where the embedded Postgres lives when `DATABASE_URL` is not set. Default `KHOTAN_DATA_DIR`, else `.khotan`. */
  readonly dataDir?: string;
  /** Told in a line what a person would like to know. Default: standard output. */
  readonly log?: (line: string) => void;
}

const STARTED = Symbol.for("khotan.started");

/**
 * Everything a hub needs in a process of Next, in the right order: a database (embedded in `.khotan/` when
 * `DATABASE_URL` is not set), Workflow's tables and worker, Khotan's tables, and the handling of what comes in. Ends it
 * in order when the process is told to end.
 *
 * With `KHOTAN_ROLE=web` nothing is handled here. On Vercel neither: there `POST /cron` and what is left of each
 * request do the work.
 *
 * @example
 * // instrumentation.ts, in register() and only where NEXT_RUNTIME is "nodejs": import this there, not at the top
 * await startKhotan(() => import("./khotan/khotan"));
 * @throws EmbeddedPostgresError, KhotanConfigError with a sentence that says what to do
 */
export function startKhotan(
  load: () => Promise<{ readonly default: Khotan }>,
  options: StartOptions = {},
): Promise<void> {
  const holder: typeof globalThis & { [STARTED]?: Promise<void> } = globalThis;
  holder[STARTED] ??= start(load, options);
  return holder[STARTED];
}

async function start(load: () => Promise<{ readonly default: Khotan }>, options: StartOptions): Promise<void> {
  const { env } = process;
  const log = options.log ?? ((line: string) => void process.stdout.write(`  ${line}\n`));
  const stops: (() => Promise<void>)[] = [];
  endInOrder(stops, log);
  stops.push(await bringDatabase(env, options.dataDir ?? env.KHOTAN_DATA_DIR ?? ".khotan", log));
  const handles = env.KHOTAN_ROLE !== "web" && !env.VERCEL;
  // Its wrapper of Next's config sets `local`, files in `.next`, where nothing else is said.
  const ownsWorld = handles && (!env.WORKFLOW_TARGET_WORLD || env.WORKFLOW_TARGET_WORLD === "local");
  // Before anything loads Workflow: it reads these while it is loaded.
  if (ownsWorld) Object.assign(env, workflowEnvironment(env.DATABASE_URL ?? ""));
  const { default: hub } = await load();
  stops.push(() => hub.stop());
  await hub.ready();
  if (!handles) return;
  await keepSignalHandlers(async () => {
    if (ownsWorld) stops.push(await startWorld(env.DATABASE_URL ?? ""));
    await hub.start();
  });
}

/** Also without a workflow: the first one may be written while the process runs in development. */
async function startWorld(url: string): Promise<() => Promise<void>> {
  const { prepareWorkflowWorld } = await import("../durable/prepare-workflow-world.ts");
  await prepareWorkflowWorld(url);
  const { onlyWorld } = await import("../durable/only-world.ts");
  const world = onlyWorld();
  await world.start?.();
  return async () => world.close?.();
}
