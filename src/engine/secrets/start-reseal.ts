import { and, desc, eq, sql } from "drizzle-orm";
import { encodeId, newUuid, type Principal, type StartedJob } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { run } from "../database/adapter.ts";
import { jobs } from "../database/schema/index.ts";
import { jobRecord } from "../jobs/job-record.ts";
import { queueJob } from "../jobs/queue-job.ts";
import { outdatedRange } from "./sealed-records.ts";

const LOCK = 7_316_204_116;

interface StartReseal {
  /** The id it is to have: asked for twice, it is made once. */
  readonly id?: string | undefined;
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Begin to re-encrypt what another key than the current one seals. One that goes on already is answered; one for a
 * key that is not current any more is stopped, so that two never undo each other's work.
 *
 * @throws KhotanError `secret_not_configured`
 */
export async function startReseal(engine: Engine, { id, actor, requestId }: StartReseal): Promise<StartedJob> {
  const { keyId } = engine.secrets();
  return await engine.adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    const running = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.kind, "secrets.reseal"), eq(jobs.status, "running")))
      .orderBy(desc(jobs.id));
    const same = running.find((job) => job.filter?.keyId === keyId);
    if (same) return { count: same.total, estimated: false, job: jobRecord(same) };
    const { count, newest } = await outdatedRange(tx, keyId);
    if (newest === null) return { count: 0, estimated: false, job: null };
    if (running.length > 0) {
      await tx
        .update(jobs)
        .set({ status: "cancelled", finishedAt: sql`now()`, updatedAt: sql`now()` })
        .where(and(eq(jobs.kind, "secrets.reseal"), eq(jobs.status, "running")));
    }
    const [made] = await tx
      .insert(jobs)
      .values({
        id: id ?? newUuid(),
        kind: "secrets.reseal",
        status: "running",
        filter: { keyId },
        highId: newest,
        total: count,
        actor: actor.name ?? actor.id,
      })
      .returning();
    if (!made) throw new Error("the job was not stored");
    await queueJob(tx, made.id);
    const target = encodeId("job", made.id);
    await writeAudit(tx, { actor, action: "secrets.reseal", target, data: { keyId, count }, requestId });
    await announce(tx, "jobs", made.id);
    return { count, estimated: false, job: jobRecord(made) };
  });
}
