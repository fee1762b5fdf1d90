import { fileURLToPath } from "node:url";

/** What Workflow reads while it is loaded, for a world in this database. What is set already stays. */
export const workflowEnvironment = (url: string, env: NodeJS.ProcessEnv = process.env) => ({
  // Workflow requires the module by name, so it is no import. It stands beside us as it was compiled.
  WORKFLOW_TARGET_WORLD: fileURLToPath(new URL("../durable/world-target.js", import.meta.url)),
  WORKFLOW_POSTGRES_URL: url,
  // Seven for the app, four for what runs for every event, four here, two for the queue, three that listen: at most
  // twenty per process.
  WORKFLOW_POSTGRES_MAX_POOL_SIZE: env.WORKFLOW_POSTGRES_MAX_POOL_SIZE ?? "4",
  WORKFLOW_POSTGRES_WORKER_CONCURRENCY: env.WORKFLOW_POSTGRES_WORKER_CONCURRENCY ?? "4",
});
