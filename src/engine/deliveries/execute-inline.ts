import { DEFAULT_TENANT, encodeId, type Progress, type UsedFieldMapping } from "../../contract/index.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { isLargeBody, parseBody, parseBodyInTurns } from "../events/parse-body.ts";
import { noteFieldMapping } from "../field-mappings/open-map.ts";
import type { PassContext, RunLog } from "../handlers/context.ts";
import type { Handler, HandlerExecution } from "../handlers/handler.ts";
import { openHandlerStores } from "../handlers/open-handler-stores.ts";
import { PermanentError } from "../handlers/outcome.ts";
import type { ObservedAttempt } from "../observe/attempt.ts";
import type { PlugBinding } from "../plugs/plug-binding.ts";
import type { HandlerTransaction } from "../runs/handler-transaction.ts";
import { echoOfDelivery } from "../sync/echoes/echo-of-delivery.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { deliveryIdempotencyKey } from "./idempotency-key.ts";

/** What a handler's context is made of. */
export type ExecutedDelivery = Pick<
  ClaimedDelivery,
  | "id"
  | "run_id"
  | "event_id"
  | "event_type"
  | "plug"
  | "tenant"
  | "attempts"
  | "headers"
  | "body"
  | "content_type"
  | "received_at"
>;

/** What an attempt brings along besides the event. */
export interface AttemptTools {
  readonly signal: AbortSignal;
  readonly log: RunLog;
  readonly transaction: HandlerTransaction;
  readonly progress: (progress: Progress) => void;
  readonly observed: ObservedAttempt;
  /** Answers the calls of a dry run, which are not sent. */
  readonly answer?: PlugBinding["answer"];
  /** Told which field mappings are used. A dry run's row is written at its end, with them; else that is noted at once. */
  readonly noteMapping?: (used: UsedFieldMapping) => void;
}

/** Build the handler's context and call it. */
export async function executeInline(
  engine: Engine,
  claimed: ExecutedDelivery,
  handler: Handler,
  execution: HandlerExecution & { type: "inline" },
  tools: AttemptTools,
): Promise<unknown> {
  const event = await readPayload(claimed, handler);
  // A dry run shows what the handler would do.
  const echo = tools.answer ? null : await echoOfDelivery(engine, claimed, handler, event);
  if (echo) return echo;
  const idempotencyKey = deliveryIdempotencyKey(claimed.id);
  const bind = {
    source: tools.answer ? "dry-run" : "run",
    answer: tools.answer,
    runId: claimed.run_id,
    signal: tools.signal,
    idempotencyKey,
    trace: tools.observed,
  } as const;
  const own = await bindPlug(engine, claimed.plug, claimed.tenant, bind);
  const destination = handler.to === null ? own : await bindDestination(engine, handler.to, claimed.tenant, bind);
  const stores = openHandlerStores(engine, {
    tenant: claimed.tenant,
    actor: `${handler.kind} ${handler.name}`,
    log: tools.log,
    transaction: (work) => tools.transaction.run(work),
    joins: () => tools.answer !== undefined || tools.transaction.used,
    note: async (used) => {
      if (tools.noteMapping) tools.noteMapping(used);
      else await noteFieldMapping(engine.adapter.db, claimed.run_id, used);
    },
  });
  const ctx: PassContext = {
    ...stores,
    runId: encodeId("run", claimed.run_id),
    eventId: encodeId("event", claimed.event_id),
    eventType: claimed.event_type,
    event,
    headers: claimed.headers,
    body: claimed.body ?? new Uint8Array(),
    receivedAt: claimed.received_at,
    tenant: claimed.tenant,
    connection: { plug: claimed.plug, tenant: claimed.tenant },
    vars: own.vars,
    plug: own.plug,
    attempt: claimed.attempts,
    idempotencyKey,
    signal: tools.signal,
    log: tools.log,
    progress: (done, total, message) =>
      tools.progress({ done, total: total ?? null, ...(message === undefined ? {} : { message }) }),
    destPlug: destination.plug,
    destVars: destination.vars,
  };
  // Stopped while the context was made: a handler that only listens for `abort` would wait for ever.
  tools.signal.throwIfAborted();
  return await tools.observed.run(async () => await execution.run(ctx));
}

/** A destination has the same tenant's connection if there is one, else the default tenant's. */
export async function bindDestination(
  engine: Engine,
  name: string,
  tenant: string,
  options: Parameters<typeof bindPlug>[3],
) {
  try {
    return await bindPlug(engine, name, tenant, options);
  } catch (error) {
    if (error instanceof KhotanError && error.code === "tenant_not_found" && tenant !== DEFAULT_TENANT) {
      return await bindPlug(engine, name, DEFAULT_TENANT, options);
    }
    throw error;
  }
}

const NOTHING = new Uint8Array();

/** The payload as the handler wants it. @throws PermanentError `schema_mismatch` with the issues listed. */
export async function readPayload(
  claimed: Pick<ClaimedDelivery, "body" | "content_type">,
  handler: Pick<Handler, "schema" | "name">,
): Promise<unknown> {
  const { body, content_type: type } = claimed;
  const { payload } = body && isLargeBody(body) ? await parseBodyInTurns(body, type) : parseBody(body ?? NOTHING, type);
  if (!handler.schema) return payload;
  const checked = handler.schema.safeParse(payload);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const first = issues[0];
  throw Object.assign(
    new PermanentError(
      `The event does not meet the schema of "${handler.name}": ${first?.path || "(root)"}: ${first?.message}`,
      {
        code: "schema_mismatch",
        hint: "Change the handler's schema, or its event filter, then retry.",
      },
    ),
    { issues },
  );
}
