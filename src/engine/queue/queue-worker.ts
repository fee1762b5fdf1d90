import { EventEmitter } from "node:events";
import { type Runner, run as runGraphile, type WorkerEvents } from "graphile-worker";
import { z } from "zod";
import { describeError } from "../describe-error.ts";
import type { Logger } from "../logger.ts";
import { ownWorkerIds } from "./foreign-worker-ids.ts";
import { graphileLogger } from "./graphile-logger.ts";
import { createQueuePool } from "./queue-pool.ts";

export interface QueueWorker {
  /** Names under which this process locks jobs, for whoever has to unlock them after its death. */
  workerIds(): readonly string[];
  /** Finish what is under way, take nothing new. */
  stop(): Promise<void>;
}

export interface QueueWorkerOptions {
  readonly url: string;
  readonly concurrency: number;
  readonly log: Logger;
  /** Go on with a job for a while; if there is more to do, it is queued anew. */
  readonly workJob: (jobId: string) => Promise<void>;
  /** The worker ids changed. */
  readonly onWorkers: () => void;
}

const payloadSchema = z.object({ id: z.uuid() });

/** Handle the queue's jobs, except deliveries: those are taken by the pump (`pump.ts`), many at a time. */
export async function startQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const ids = new Set<string>();
  const events: WorkerEvents = new EventEmitter();
  events.on("worker:create", ({ worker }) => {
    ids.add(worker.workerId);
    ownWorkerIds.add(worker.workerId);
    options.onWorkers();
  });
  const pool = createQueuePool(options.url, { max: 2, name: "khotan queue" });
  const runner: Runner = await runGraphile({
    pgPool: pool,
    concurrency: options.concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    noPreparedStatements: false,
    logger: graphileLogger(options.log),
    events,
    taskList: {
      khotan_job: async (payload) => {
        await options.workJob(payloadSchema.parse(payload).id);
      },
    },
  });
  runner.promise.catch((error: unknown) =>
    options.log.error({ error: describeError(error) }, "the queue worker stopped"),
  );
  return {
    workerIds: () => [...ids],
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}
