import { createRequire } from "node:module";
import { createWorld as createPostgresWorld } from "@workflow/world-postgres";
import type pg from "pg";
import { createQueuePool } from "../queue/queue-pool.ts";
import { waitByDatabase } from "./wait-by-database.ts";

type World = ReturnType<typeof createPostgresWorld>;

const NAME = "khotan workflow";

const numberOf = (text: string | undefined, otherwise: number): number => Number.parseInt(text ?? "", 10) || otherwise;

/**
 * Workflow's Postgres world on connections that survive a restart of the
 * database, and whose waits go by the database's clock. `WORKFLOW_TARGET_WORLD` names this file; it is configured as the
 * world itself is, by `WORKFLOW_POSTGRES_*`.
 */
export function createWorld(): World {
  const { env } = process;
  const pool = createQueuePool(env.WORKFLOW_POSTGRES_URL ?? "", {
    max: numberOf(env.WORKFLOW_POSTGRES_MAX_POOL_SIZE, 10),
    name: NAME,
  });
  hearBrokenListeners();
  const world = createPostgresWorld({
    pool,
    jobPrefix: env.WORKFLOW_POSTGRES_JOB_PREFIX,
    queueConcurrency: numberOf(env.WORKFLOW_POSTGRES_WORKER_CONCURRENCY, 10),
  });
  return {
    ...world,
    createQueueHandler: waitByDatabase(pool, world.createQueueHandler),
    async close() {
      await world.close?.();
      await pool.end();
    },
  };
}

const HEARD = Symbol.for("khotan.broken-listeners-heard");

/**
 * The world makes a connection of its own to listen for chunks of streams, and nobody hears when that one breaks: an
 * uncaught exception, which ends the process. Its class is the world's own copy of `pg`, so it is told there. Streams
 * that are read live wait from then on; we read none. Nor can it be told to stop any more: that would throw, and the
 * world would close nothing else.
 */
function hearBrokenListeners(): void {
  const require = createRequire(import.meta.url);
  const { Client }: typeof pg = createRequire(require.resolve("@workflow/world-postgres"))("pg");
  const prototype: pg.Client & { [HEARD]?: true } = Client.prototype;
  if (prototype[HEARD]) return;
  prototype[HEARD] = true;
  const { connect } = prototype;
  const hearing = function (this: pg.Client, ...args: never[]) {
    if (Reflect.get(Reflect.get(this, "connectionParameters") ?? {}, "application_name") === NAME)
      this.on("error", () => Object.assign(this, { query: async () => undefined, end: async () => undefined }));
    return Reflect.apply(connect, this, args);
  };
  Object.defineProperty(prototype, "connect", { value: hearing, configurable: true, writable: true });
}
