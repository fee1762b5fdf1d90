import { and, eq, sql } from "drizzle-orm";
import { decodeId, encodeId, type JobRecord, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { jobs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { jobRecord } from "./job-record.ts";
import { readJob } from "./list-jobs.ts";

/**
 * Stop a job. A batch under way holds the job's row and is waited for; what was
 * done stays done.
 *
 * @throws KhotanError `not_found`, `already_final`.
 */
export async function cancelJob(
  engine: Engine,
  request: { readonly id: string; readonly actor: Principal; readonly requestId?: string },
): Promise<JobRecord> {
  const { id, actor, requestId } = request;
  const seen = await readJob(engine, actor, id);
  const uuid = decodeId("job", seen.id) ?? "";
  return await engine.adapter.db.transaction(async (tx) => {
    const [row] = await tx
      .update(jobs)
      .set({ status: "cancelled", ids: null, finishedAt: sql`now()`, updatedAt: sql`now()` })
      .where(and(eq(jobs.id, uuid), eq(jobs.status, "running")))
      .returning();
    if (!row) throw new KhotanError("already_final", "The job has ended already.", { hint: `GET /jobs/${seen.id}` });
    await writeAudit(tx, {
      actor,
      action: "job.cancel",
      tenant: row.tenants?.length === 1 ? (row.tenants[0] ?? null) : null,
      target: encodeId("job", uuid),
      data: { kind: row.kind, done: row.done },
      requestId,
    });
    await announce(tx, "jobs", uuid);
    return jobRecord(row);
  });
}
