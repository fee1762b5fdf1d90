import { createWorld as createPostgresWorld } from "@workflow/world-postgres";
import { createQueuePool } from "../queue/queue-pool.ts";

type World = ReturnType<typeof createPostgresWorld>;

const numberOf = (text: string | undefined, otherwise: number): number => Number.parseInt(text ?? "", 10) || otherwise;

/**
 * Workflow's Postgres world on connections that survive a restart of the
 * database. `WORKFLOW_TARGET_WORLD` names this file; it is configured as the
 * world itself is, by `WORKFLOW_POSTGRES_*`.
 */
export function createWorld(): World {
  const { env } = process;
  const pool = createQueuePool(env.WORKFLOW_POSTGRES_URL ?? "", {
    max: numberOf(env.WORKFLOW_POSTGRES_MAX_POOL_SIZE, 10),
    name: "khotan workflow",
  });
  const world = createPostgresWorld({
    pool,
    jobPrefix: env.WORKFLOW_POSTGRES_JOB_PREFIX,
    queueConcurrency: numberOf(env.WORKFLOW_POSTGRES_WORKER_CONCURRENCY, 10),
  });
  return {
    ...world,
    async close() {
      await world.close?.();
      await pool.end();
    },
  };
}
