import { resolve } from "node:path";
import { workflowEnvironment } from "../engine/boot/workflow-environment.ts";
import { prepareWorkflowWorld } from "../engine/durable/prepare-workflow-world.ts";
import { announce } from "./announce.ts";
import { closeDatabase } from "./database.ts";
import type { Env } from "./env/env.ts";
import { fastLane, type NodeHandler } from "./http/fast-lane.ts";
import { listen } from "./http/listen.ts";
import { trackOpenRequests } from "./http/open-requests.ts";
import { publicServer } from "./http/public-server.ts";
import { workflowServer } from "./http/workflow-server.ts";
import { hubInstance, registration } from "./hub-instance.ts";
import { prepareDatabase } from "./lifecycle/prepare-database.ts";
import type { Shutdown } from "./lifecycle/shutdown.ts";
import { startNext } from "./lifecycle/start-next.ts";
import { type SandboxProcess, startSandboxProcess } from "./lifecycle/start-sandbox-process.ts";

export interface ServerOptions {
  readonly env: Env;
  readonly dev: boolean;
  /** The project's folder. */
  readonly root: string;
  readonly log: (line: string) => void;
  readonly shutdown: Shutdown;
}

/** How long answers that are under way may take once we stop. */
const GRACE_MS = 2_000;

/**
 * Brings everything up, in the order that lets a mistake stop it early: port, database, tables, Next, workers.
 *
 * @throws EnvError, EmbeddedPostgresError with a sentence that says what to do
 */
export const startServer = async ({ env, dev, root, log, shutdown }: ServerOptions): Promise<void> => {
  const startedAt = Date.now();
  let page: NodeHandler | undefined;

  const server = publicServer({ role: env.KHOTAN_ROLE, api: (...args) => api(...args), page: () => page });
  const open = trackOpenRequests(server);
  const lane = fastLane(open);
  // In development the catch-all route answers, so that a change is seen without a restart.
  const api: NodeHandler = (request, response) => (dev && page ? page(request, response) : lane(request, response));
  const port = await listen(server, env.PORT);

  const preparing = prepareDatabase(env, log);
  // Also when we are interrupted half-way: a failure has been told by then.
  shutdown.defer("Postgres", async () => (await preparing.catch(() => undefined))?.stop());
  const database = await preparing;
  if (shutdown.begun) return;
  const sandbox = startSandbox(env, root, log);
  exportEnvironment(env, port, database);
  await prepareWorkflowWorld(database.url);
  const { url: sandboxUrl, stop: stopSandbox } = await sandbox;
  shutdown.defer("the sandbox", stopSandbox);
  if (sandboxUrl) process.env.KHOTAN_SANDBOX_URL = sandboxUrl;
  shutdown.defer("the database connections", () => closeDatabase(1));

  if (env.KHOTAN_ROLE !== "web") {
    const workflow = workflowServer(() => page);
    const openWorkflow = trackOpenRequests(workflow);
    const workflowPort = await listen(workflow, 0, "127.0.0.1");
    process.env.WORKFLOW_LOCAL_BASE_URL = `http://127.0.0.1:${workflowPort}`;
    shutdown.defer("the workflow server", () => openWorkflow.close(0));
  }

  if (shutdown.begun) return;
  const next = await startNext({ dev, dir: root, port });
  shutdown.defer("Next", next.close);
  page = next.handler;
  shutdown.defer("the workers", async () => hubInstance()?.stop());
  // Ended first: nothing new comes in while the rest winds up.
  shutdown.defer("the public server", () => open.close(GRACE_MS));
  await registration().done;
  if (shutdown.begun) return;

  await announce({ env, port, sandboxUrl, startedAt, log });
};

/** A worker shows nothing to the world, so the process beside it brings the sandbox. */
const startSandbox = async (env: Env, root: string, log: (line: string) => void): Promise<SandboxProcess> => {
  if (!env.KHOTAN_SANDBOX || env.KHOTAN_ROLE === "worker") return { url: undefined, stop: async () => undefined };
  const stateFile = env.DATABASE_URL ? undefined : resolve(env.KHOTAN_DATA_DIR, "sandbox.json");
  return startSandboxProcess({ root, port: env.KHOTAN_SANDBOX_PORT, stateFile, log });
};

/** What the parts inside Next read: they see the process's environment, not our parsed one. */
const exportEnvironment = (env: Env, port: number, database: { url: string; secret: string }): void => {
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    KHOTAN_SECRET: database.secret,
    KHOTAN_ROLE: env.KHOTAN_ROLE,
    PORT: String(port),
    ...workflowEnvironment(database.url),
  });
};
