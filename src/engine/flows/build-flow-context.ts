import { setTimeout as wait } from "node:timers/promises";
import { type Counter, type Counters, encodeId, type Progress } from "../../contract/index.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import type { Engine } from "../context.ts";
import { bindDestination } from "../deliveries/execute-inline.ts";
import { parseTextInTurns } from "../events/parse-json-in-turns.ts";
import type { RunLog } from "../handlers/context.ts";
import { PermanentError } from "../handlers/outcome.ts";
import type { ClaimedFlowRun } from "./claim-flow-runs.ts";
import type { Flow } from "./flow.ts";
import type { RelayContext } from "./flow-context.ts";
import { openFlowCursor } from "./flow-cursor.ts";
import { openFlowStores } from "./flow-stores.ts";
import type { FlowTransactions } from "./flow-transactions.ts";

/** What an attempt brings along besides the run itself. */
export interface FlowAttemptTools {
  readonly signal: AbortSignal;
  readonly log: RunLog;
  readonly transactions: FlowTransactions;
  readonly progress: (progress: Progress) => void;
}

/** Everything `run(ctx)` works with. @throws PermanentError `schema_mismatch` when the body does not meet the schema any more */
export async function buildFlowContext(
  engine: Engine,
  claimed: ClaimedFlowRun,
  flow: Flow,
  tools: FlowAttemptTools,
): Promise<RelayContext> {
  const { plug: name, tenant, variant } = claimed;
  const { signal, transactions } = tools;
  const body = await readFlowBody(claimed, flow);
  const bind = { source: "run", runId: claimed.run_id, signal, idempotencyKey: claimed.idempotency_key } as const;
  const own = await bindPlug(engine, name, tenant, bind);
  const destination = flow.destination === null ? own : await bindDestination(engine, flow.destination, tenant, bind);
  const key = { flowId: claimed.flow_id, tenant, variant: variant ?? "", name: "" };
  return {
    runId: encodeId("run", claimed.run_id),
    flow: { id: encodeId("flow", claimed.flow_id), name: flow.name, kind: flow.kind, resource: flow.resource },
    tenant,
    variant,
    body,
    source: claimed.source,
    scheduledFor: claimed.scheduled_for,
    since: claimed.since,
    attempt: claimed.attempts,
    plug: own.plug,
    get vars() {
      return own.plug.vars;
    },
    setVars: (changes) => own.plug.setVars(changes),
    destPlug: destination.plug,
    get destVars() {
      return destination.plug.vars;
    },
    cursor: openFlowCursor(transactions, claimed.run_id, key),
    idempotencyKey: claimed.idempotency_key,
    signal,
    log: tools.log,
    progress: (done, total, message) =>
      tools.progress({ done, total: total ?? null, ...(message === undefined ? {} : { message }) }),
    count: (what: Counter | Counters, by = 1) => transactions.count(typeof what === "string" ? { [what]: by } : what),
    sleep: async (ms) => void (await wait(ms, undefined, { signal })),
    transaction: (work) => transactions.run(work),
    ...openFlowStores(engine, transactions, { runId: claimed.run_id, flow, tenant, signal, log: tools.log }),
  };
}

/** The body as the flow wants it; checked when it was started, and again, since the code may be another by now. */
export const readFlowBody = async (
  { input }: Pick<ClaimedFlowRun, "input">,
  flow: Pick<Flow, "body" | "name">,
): Promise<unknown> => checkFlowBody(input === null ? undefined : await parseTextInTurns(input), flow);

/** @throws PermanentError `schema_mismatch` */
export function checkFlowBody(body: unknown, flow: Pick<Flow, "body" | "name">): unknown {
  if (!flow.body) return body;
  const checked = flow.body.safeParse(body);
  if (checked.success) return checked.data;
  const issues = checked.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  const [first] = issues;
  const error = new PermanentError(
    `The body does not meet the schema of "${flow.name}": ${first?.path || "(root)"}: ${first?.message}`,
    { code: "schema_mismatch", hint: "Start it anew with a body that does." },
  );
  throw Object.assign(error, { issues });
}
