import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, newUuid, type Principal, type StartedJob } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { cappedCount } from "../database/capped-count.ts";
import { requireIdFilter } from "../database/id-filter.ts";
import { jobs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { jobRecord } from "./job-record.ts";
import { JOB_TARGETS, type ListJobKind } from "./job-targets.ts";
import { queueJob } from "./queue-job.ts";

/** A selection as the contract checked it: values of several are lists. */
export type SentFilter = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface StartJob {
  /** The id it is to have: asked for twice, it is made once. */
  readonly id?: string | undefined;
  readonly kind: ListJobKind;
  readonly ids?: readonly string[] | undefined;
  readonly filter?: SentFilter | undefined;
  /** The one handler to replay to: its id in the database, and its plug. */
  readonly handler?: { readonly id: string; readonly plug: string } | undefined;
  readonly dryRun: boolean;
  readonly actor: Principal;
  readonly requestId?: string;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Count what a selection finds, and begin to work on it unless it is a dry run.
 * The rows are settled here: those made later are left alone.
 *
 * @throws KhotanError `validation_failed` for ids of another kind.
 */
export async function startJob(engine: Engine, request: StartJob): Promise<StartedJob> {
  const { kind, actor, dryRun, handler, requestId } = request;
  const { db } = engine.adapter;
  const target = JOB_TARGETS[kind];
  const filter = request.filter ? asSent(request.filter, handler?.plug) : null;
  const ids = await chosenIds(engine, request, filter);
  const where = and(
    ids ? sql`${target.id} in (${listed(ids)})` : undefined,
    filter && !ids ? target.found(actor, filter) : target.chosen(actor),
  );
  const { count, estimated } = await cappedCount(db, sql`select from ${target.table} where ${where ?? sql`true`}`);
  if (dryRun) return { count, estimated, job: null };
  const [newest] = await db.select({ id: target.id }).from(target.table).where(where).orderBy(desc(target.id)).limit(1);
  const row = await db.transaction(async (tx) => {
    const highId = z.string().parse(newest?.id ?? NO_ID);
    const tenants = filter?.tenant ? [filter.tenant] : actor.tenants === "*" ? null : [...actor.tenants];
    const [made] = await tx
      .insert(jobs)
      .values({
        id: request.id ?? newUuid(),
        kind,
        status: "running",
        tenants,
        filter,
        ids,
        handlerId: handler?.id ?? null,
        highId,
        total: count,
        totalEstimated: estimated,
        actor: actor.name ?? actor.id,
      })
      .onConflictDoNothing()
      .returning();
    if (!made) return await requireJob(tx, request.id);
    await queueJob(tx, made.id);
    await writeAudit(tx, {
      actor,
      action: kind,
      plug: filter?.plug ?? null,
      tenant: tenants?.length === 1 ? (tenants[0] ?? null) : null,
      target: encodeId("job", made.id),
      data: { count, ...(filter ? { filter } : { selected: ids?.length ?? 0 }) },
      requestId,
    });
    await announce(tx, "jobs", made.id);
    return made;
  });
  return { count, estimated, job: jobRecord(row) };
}

/** The job that an earlier try made, as it is by now. */
async function requireJob(tx: Pick<Executor, "select">, id = NO_ID) {
  const [made] = await tx.select().from(jobs).where(eq(jobs.id, id));
  if (!made) throw new KhotanError("internal", "The job was not stored.");
  return made;
}

/** Back to the words of the list's query, which is what the job keeps and reads again. */
function asSent(filter: SentFilter, plug: string | undefined): Record<string, string> {
  const sent = Object.fromEntries(
    Object.entries(filter).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, typeof value === "string" ? value : value.join(",")]],
    ),
  );
  if (plug === undefined) return sent;
  if (sent.plug !== undefined && sent.plug !== plug) {
    throw new KhotanError(
      "validation_failed",
      `The handler belongs to "${plug}", the filter asks for "${sent.plug}".`,
      {
        issues: [{ path: "filter.plug", message: `Leave it out, or give "${plug}".` }],
      },
    );
  }
  return { ...sent, plug };
}

const idRow = z.object({ id: z.string() });

/**
 * The ids of a selection, or of a text search: "contains" looks at the newest
 * 10,000 rows, which would be other rows a minute later.
 */
async function chosenIds(
  engine: Engine,
  { ids, actor, kind }: StartJob,
  filter: Readonly<Record<string, string>> | null,
): Promise<string[] | null> {
  const target = JOB_TARGETS[kind];
  if (ids) return [...new Set(ids.map((id, at) => requireIdFilter(target.idKind, `ids.${at}`, id)))];
  if (!filter?.q) return null;
  const where = target.found(actor, filter) ?? sql`true`;
  const found = await rows(
    engine.adapter.db,
    sql`select ${target.id}::text as id from ${target.table} where ${where}`,
    idRow,
  );
  return found.map((row) => row.id);
}

const listed = (ids: readonly string[]) =>
  sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)`;
