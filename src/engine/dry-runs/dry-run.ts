import { ROOT_CONTEXT } from "@opentelemetry/api";
import { eq } from "drizzle-orm";
import { encodeId, newUuid, type Principal, type UsedFieldMapping } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { deliveries, events, runAttempts, runs } from "../database/schema/index.ts";
import type { DeliveryTools } from "../deliveries/deliver.ts";
import { executeInline } from "../deliveries/execute-inline.ts";
import { deliveryIdempotencyKey } from "../deliveries/idempotency-key.ts";
import { KhotanError } from "../errors.ts";
import type { HandlerExecution } from "../handlers/handler.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { classifyError } from "../runs/classify-error.ts";
import { concludeAttempt, type HandlerResult } from "../runs/conclude-attempt.ts";
import { openHandlerTransaction } from "../runs/handler-transaction.ts";
import { openRunLog } from "../runs/run-log.ts";
import { stopSignal } from "../runs/stop-signal.ts";
import { createAnswerBook } from "./answer-book.ts";
import { readCalls } from "./read-calls.ts";

export interface DryRunRequest {
  readonly deliveryId: string;
  /** Whose calls are answered with what they were answered then; default the delivery's own run. */
  readonly runId?: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** Somebody waits for the answer. */
const MAX_MS = 60_000;

/**
 * Run a delivery's handler once more and send nothing: calls are answered from
 * what is kept of the first run, `ctx.transaction` is rolled back, variables are
 * not stored. The delivery and its run are not touched.
 *
 * The run is stored when it is over, so a process that dies leaves nothing running.
 *
 * @returns the dry run's id in the database.
 * @throws KhotanError `not_found`, `conflict` for workflow handlers, and when handler or body are gone.
 */
export async function dryRun(engine: Engine, tools: DeliveryTools, request: DryRunRequest): Promise<string> {
  const { delivery, event } = await read(engine, request.deliveryId);
  const { handler, execution } = requireInline(engine, delivery.handlerId);
  const first = request.runId ?? delivery.runId;
  const before = first === null ? [] : await readCalls(engine, first);
  const runId = newUuid();
  const fieldMappings: UsedFieldMapping[] = [];
  const startedAt = new Date(engine.clock.now());
  const started = performance.now();
  const abort = new AbortController();
  const stopped = stopSignal(abort, Math.min(handler.definition.timeoutMs ?? MAX_MS, MAX_MS));
  const runLog = openRunLog(tools.writeLog, { runId, attempt: 1 }, engine.clock.now);
  const transaction = openHandlerTransaction(engine.adapter, tools.slots);
  const executed = {
    id: delivery.id,
    run_id: runId,
    event_id: event.id,
    event_type: event.type,
    plug: delivery.plug,
    tenant: delivery.tenant,
    attempts: 1,
    headers: event.headers,
    body: event.body && Uint8Array.from(event.body),
    content_type: event.contentType,
    received_at: event.receivedAt,
  };
  const work = executeInline(engine, executed, handler.definition, execution, {
    signal: abort.signal,
    log: runLog.log,
    transaction,
    progress: () => undefined,
    observed: { context: ROOT_CONTEXT, own: true, run: (inner) => inner(), end: () => undefined },
    answer: createAnswerBook(before),
    noteMapping: (mapping) => fieldMappings.push(mapping),
  }).then((value): HandlerResult => ({ kind: "returned", value, counters: {} }), classifyError);
  const result = await Promise.race([work, stopped.abandoned]).finally(stopped.clear);
  await transaction.rollback().catch(() => undefined);
  await Promise.all([runLog.flush(), engine.exchanges.flush(runId)]);
  const lastTry = { id: delivery.id, lease_token: "", attempts: 1, max_attempts: 1 };
  const ended = concludeAttempt(lastTry, handler.definition, result, performance.now() - started);
  await engine.adapter.db.transaction(async (tx) => {
    const finishedAt = new Date(engine.clock.now());
    await tx.insert(runs).values({
      id: runId,
      kind: handler.definition.kind,
      name: handler.definition.name,
      plug: delivery.plug,
      tenant: delivery.tenant,
      status: ended.run,
      source: "manual",
      actor: request.actor.name ?? request.actor.id,
      handlerId: delivery.handlerId,
      eventId: event.id,
      retryOf: first,
      attempts: 1,
      startedAt,
      finishedAt,
      busyMs: Math.round(ended.busyMs),
      counters: ended.counters,
      error: ended.error,
      errorFingerprint: ended.error?.fingerprint ?? null,
      result: ended.result === null ? null : JSON.parse(ended.result),
      idempotencyKey: deliveryIdempotencyKey(delivery.id),
      fieldMappings,
      dryRun: true,
      processId: null,
    });
    await tx.insert(runAttempts).values({
      runId,
      no: 1,
      status: ended.attempt,
      startedAt,
      finishedAt,
      error: ended.error,
      processId: engine.processId,
    });
    await writeAudit(tx, {
      actor: request.actor,
      action: "delivery.dry_run",
      plug: delivery.plug,
      tenant: delivery.tenant,
      target: encodeId("delivery", delivery.id),
      data: { run: encodeId("run", runId) },
      requestId: request.requestId,
    });
    await announce(tx, "runs", runId);
  });
  return runId;
}

async function read(engine: Engine, deliveryId: string) {
  const [row] = await engine.adapter.db
    .select({ delivery: deliveries, event: events })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .where(eq(deliveries.id, deliveryId));
  if (!row) throw new KhotanError("not_found", `There is no delivery ${encodeId("delivery", deliveryId)}.`);
  if (row.event.body === null) {
    throw new KhotanError("conflict", "The body of this event is no longer kept, so its handler cannot be run on it.", {
      hint: "Raise the retention of bodies for future events.",
    });
  }
  return row;
}

function requireInline(
  engine: Engine,
  handlerId: string,
): { handler: LiveHandler; execution: HandlerExecution & { type: "inline" } } {
  const handler = engine.registry.handler(handlerId);
  if (!handler) throw new KhotanError("conflict", "The handler of this delivery is no longer registered.");
  const { execution } = handler.definition;
  if (execution.type === "inline") return { handler, execution };
  throw new KhotanError("conflict", `"${handler.definition.name}" is a workflow, and those cannot be run dry.`, {
    hint: "Its steps are executed and kept by the Workflow world. Send a test event to a test connection: POST /events",
  });
}
