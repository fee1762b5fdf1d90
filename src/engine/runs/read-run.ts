import { and, asc, desc, eq, sql } from "drizzle-orm";
import { type AttemptRecord, encodeId, type Principal, type RunDetail, roleAtLeast } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { events, runAttempts, runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { deliveryIdempotencyKey } from "../deliveries/idempotency-key.ts";
import { parseBodyInTurns } from "../events/parse-body.ts";
import { parseTextInTurns } from "../events/parse-json-in-turns.ts";
import { formatTraceparent, ownTrace } from "../observe/tracing/traceparent.ts";
import { withoutStack } from "./failure.ts";
import { readNewestLogs } from "./read-run-logs.ts";
import { requireRun } from "./require-run.ts";

/** Attempts shown; a run that crashes for ever has more. */
const MAX_ATTEMPTS = 200;
const MAX_RETRIES = 200;

/** One run with its attempts and log. @throws KhotanError `not_found` */
export async function readRun(engine: Pick<Engine, "adapter">, principal: Principal, id: string): Promise<RunDetail> {
  const { uuid, run } = await requireRun(engine, principal, id);
  const [detail, attemptLog, logs, retries] = await Promise.all([
    readDetail(engine, uuid),
    readAttempts(engine, principal, uuid),
    readNewestLogs(engine, uuid),
    readRetries(engine, principal, uuid),
  ]);
  return { ...run, ...detail, attemptLog, logs, retries };
}

type Extra = Pick<RunDetail, "idempotencyKey" | "workflowRunId" | "traceparent" | "fieldMappings" | "input" | "result">;

async function readDetail(engine: Pick<Engine, "adapter">, runId: string): Promise<Extra> {
  const [row] = await engine.adapter.db
    .select({
      idempotencyKey: runs.idempotencyKey,
      deliveryId: runs.deliveryId,
      workflowRunId: runs.workflowRunId,
      traceparent: runs.traceparent,
      fieldMappings: runs.fieldMappings,
      eventId: runs.eventId,
      input: sql<string | null>`${runs.input}::text`,
      result: sql<string | null>`${runs.result}::text`,
      body: events.body,
      contentType: events.contentType,
    })
    .from(runs)
    .leftJoin(events, eq(events.id, runs.eventId))
    .where(eq(runs.id, runId));
  if (!row) {
    return { idempotencyKey: "", workflowRunId: null, traceparent: null, fieldMappings: [], input: null, result: null };
  }
  const { workflowRunId, eventId, deliveryId, body } = row;
  return {
    // What the handler was given, so that it can be found again at the other side.
    idempotencyKey: deliveryId ? deliveryIdempotencyKey(deliveryId) : row.idempotencyKey,
    workflowRunId,
    traceparent: row.traceparent ?? (eventId && formatTraceparent(ownTrace(eventId))),
    fieldMappings: row.fieldMappings ?? [],
    input: body ? (await parseBodyInTurns(body, row.contentType)).payload : await parsed(row.input),
    result: await parsed(row.result),
  };
}

const parsed = async (json: string | null): Promise<unknown> => (json === null ? null : await parseTextInTurns(json));

async function readAttempts(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  runId: string,
): Promise<AttemptRecord[]> {
  const rows = await engine.adapter.db
    .select()
    .from(runAttempts)
    .where(eq(runAttempts.runId, runId))
    .orderBy(desc(runAttempts.no))
    .limit(MAX_ATTEMPTS);
  const mayReadCode = roleAtLeast(principal.role, "operator");
  return rows.reverse().map((row) => ({
    no: row.no,
    status: row.status,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    durationMs: row.finishedAt ? row.finishedAt.getTime() - row.startedAt.getTime() : null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    error: mayReadCode ? row.error : withoutStack(row.error),
    processId: row.processId && encodeId("process", row.processId),
  }));
}

async function readRetries(engine: Pick<Engine, "adapter">, principal: Principal, runId: string): Promise<string[]> {
  const rows = await engine.adapter.db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.retryOf, runId), eq(runs.dryRun, false), seenBy(principal, runs.tenant)))
    .orderBy(asc(runs.id))
    .limit(MAX_RETRIES);
  return rows.map((row) => encodeId("run", row.id));
}
