import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Api, decodeId, type JobRecord, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { jobs } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { jobRecord } from "./job-record.ts";

/** Jobs, newest first. @throws KhotanError `invalid_cursor` */
export async function listJobs(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: z.output<Api["listJobs"]["query"]>,
): Promise<Page<JobRecord>> {
  const { kind, status, cursor, limit } = query;
  const rows = await engine.adapter.db
    .select()
    .from(jobs)
    .where(
      and(
        jobsSeenBy(principal),
        kind?.length ? inArray(jobs.kind, kind) : undefined,
        status?.length ? inArray(jobs.status, status) : undefined,
        cursor ? lt(jobs.id, decodeCursor("jobs", cursor)) : undefined,
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(limit + 1);
  return toPage("jobs", rows, limit, jobRecord);
}

/** One job that the caller may see. @throws KhotanError `not_found` */
export async function readJob(engine: Pick<Engine, "adapter">, principal: Principal, id: string): Promise<JobRecord> {
  const uuid = decodeId("job", id);
  const [row] = uuid
    ? await engine.adapter.db
        .select()
        .from(jobs)
        .where(and(eq(jobs.id, uuid), jobsSeenBy(principal)))
    : [];
  if (row) return jobRecord(row);
  throw new KhotanError("not_found", `There is no job "${id}".`, { hint: "List them: GET /jobs" });
}

/** A job is for whoever may see every tenant it may touch. */
export function jobsSeenBy(principal: Principal): SQL | undefined {
  if (principal.tenants === "*") return undefined;
  return sql`${jobs.tenants} <@ ${JSON.stringify(principal.tenants)}::text::jsonb and ${jobs.tenants} <> '[]'`;
}
