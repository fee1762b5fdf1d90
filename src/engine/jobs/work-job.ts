import { and, asc, eq, gt, lte, sql } from "drizzle-orm";
import { z } from "zod";
import type { ChangeTopic, JobKind, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { jobs } from "../database/schema/index.ts";
import { isConnectionError, sqlState } from "../database/sql-state.ts";
import { toFailure } from "../runs/failure.ts";
import { resealBatch } from "../secrets/reseal-batch.ts";
import { outdatedIds } from "../secrets/sealed-records.ts";
import { BATCH_ROWS, type Batch, type BatchResult } from "./batch.ts";
import { cancelBatch } from "./cancel-batch.ts";
import type { JobRow } from "./job-record.ts";
import { JOB_TARGETS } from "./job-targets.ts";
import { queueJob } from "./queue-job.ts";
import { replayBatch } from "./replay-batch.ts";
import { retryDeliveriesBatch, retryRunsBatch } from "./retry-batch.ts";

interface Work {
  readonly run: Batch;
  readonly changes: ChangeTopic;
  /** `false`: another process has what it takes; it comes by the queue again. */
  readonly mine?: (engine: Engine, job: JobRow) => boolean;
}

const BATCHES: Readonly<Record<JobKind, Work>> = {
  "events.replay": { run: replayBatch, changes: "deliveries" },
  "deliveries.retry": { run: retryDeliveriesBatch, changes: "deliveries" },
  "runs.retry": { run: retryRunsBatch, changes: "deliveries" },
  "runs.cancel": { run: cancelBatch, changes: "runs" },
  // A process that still has the former secret as its current one would seal everything back.
  "secrets.reseal": { run: resealBatch, changes: "connections", mine: sealsFor },
};

function sealsFor(engine: Engine, job: JobRow): boolean {
  return engine.settings.secret !== undefined && engine.secrets().keyId === job.filter?.keyId;
}

/** What somebody else's locks may do to a batch: it is undone, and done again. */
const COLLISIONS = new Set(["40001", "40P01", "55P03"]);
const MAX_COLLISIONS = 10;

export interface WorkOptions {
  /** No batch is begun after this long, in milliseconds. Default 1,000: other work of the queue shall have its turn. */
  readonly budgetMs?: number;
}

/**
 * Go on with a job, batch by batch. Each batch commits what it did together with
 * the cursor, under the lock of the job's row: processes that work on the same
 * job take turns, and one that dies leaves nothing half done.
 *
 * @returns `true` when there is more to do.
 * @throws when the database is away; the queue calls again.
 */
export async function workJob(engine: Engine, jobId: string, { budgetMs = 1_000 }: WorkOptions = {}): Promise<boolean> {
  const deadline = performance.now() + budgetMs;
  let collisions = 0;
  for (;;) {
    try {
      const after = await engine.adapter.db.transaction((tx) => workBatch(engine, tx, jobId));
      if (after === null) return false;
      const { job, touched } = after;
      collisions = 0;
      if (touched.length > 0) engine.gates.replayed(touched);
      engine.publisher.publish("jobs", jobId);
      engine.publisher.publish(BATCHES[job.kind].changes, null);
      if (job.status !== "running") return false;
    } catch (error) {
      if (COLLISIONS.has(sqlState(error) ?? "") && ++collisions < MAX_COLLISIONS) continue;
      if (isConnectionError(error) || COLLISIONS.has(sqlState(error) ?? "")) throw error;
      await failJob(engine, jobId, error);
      return false;
    }
    if (performance.now() >= deadline) return true;
  }
}

/** The queue's turn of a job; to the end of the queue after it, so that others get theirs and the process can stop. */
export async function takeJobTurn(engine: Engine, jobId: string): Promise<void> {
  if (await workJob(engine, jobId)) await queueJob(engine.adapter.db, jobId);
}

interface WorkedBatch {
  readonly job: JobRow;
  readonly touched: readonly string[];
}

const NOTHING: BatchResult = { changed: 0, reasons: {}, touched: [] };

/** @returns the job as it is after the batch; `null` when there was nothing to do. */
async function workBatch(engine: Engine, tx: Transaction, jobId: string): Promise<WorkedBatch | null> {
  const [job] = await tx.select().from(jobs).where(eq(jobs.id, jobId)).for("update");
  if (job?.status !== "running" || BATCHES[job.kind].mine?.(engine, job) === false) return null;
  const ids = await nextIds(tx, job);
  const last = ids.at(-1) ?? null;
  const over = ids.length < BATCH_ROWS || last === job.highId;
  const result = ids.length > 0 ? await BATCHES[job.kind].run(engine, tx, job, ids) : NOTHING;
  const reasons = { ...job.reasons };
  for (const [reason, count] of Object.entries(result.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  const done = job.done + ids.length;
  const [after] = await tx
    .update(jobs)
    .set({
      cursor: last ?? job.cursor,
      done,
      total: over ? done : Math.max(job.total, done),
      totalEstimated: over ? false : job.totalEstimated,
      changed: job.changed + result.changed,
      failed: Object.values(reasons).reduce((sum, count) => sum + count, 0),
      reasons,
      updatedAt: sql`now()`,
      ...(over ? { status: "succeeded" as const, ids: null, finishedAt: sql`now()` } : {}),
    })
    .where(eq(jobs.id, jobId))
    .returning();
  return after ? { job: after, touched: result.touched } : null;
}

async function nextIds(tx: Transaction, job: JobRow): Promise<string[]> {
  const { kind } = job;
  if (kind === "secrets.reseal") {
    const keyId = job.filter?.keyId ?? "";
    return await outdatedIds(tx, { keyId, after: job.cursor, upTo: job.highId, limit: BATCH_ROWS });
  }
  const target = JOB_TARGETS[kind];
  const principal: Principal = { id: job.actor, role: "operator", tenants: job.tenants ?? "*" };
  const found = await tx
    .select({ id: target.id })
    .from(target.table)
    .where(
      and(
        job.cursor ? gt(target.id, job.cursor) : undefined,
        lte(target.id, job.highId),
        job.ids
          ? and(
              sql`${target.id} in (select unnest(ids) from khotan_jobs where id = ${job.id})`,
              target.chosen(principal),
            )
          : target.found(principal, job.filter ?? {}),
      ),
    )
    .orderBy(asc(target.id))
    .limit(BATCH_ROWS);
  return found.map((row) => z.string().parse(row.id));
}

async function failJob(engine: Engine, jobId: string, error: unknown): Promise<void> {
  const { stack: _, ...failure } = toFailure(error, "job_failed");
  await engine.adapter.db
    .update(jobs)
    .set({ status: "failed", error: failure, ids: null, finishedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(jobs.id, jobId), eq(jobs.status, "running")));
  engine.publisher.publish("jobs", jobId);
}
