import { DEFAULT_TENANT, encodeId, isFinalRun, type RunStatus } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { followRun } from "../runs/follow-run.ts";
import { readRun } from "../runs/read-run.ts";
import type { Runtime } from "../runtime.ts";
import type { FlowRunResult } from "./flow-result.ts";
import { requireFlow } from "./require-flow.ts";
import { startFlow } from "./start-flow.ts";

export interface FlowStart {
  /** Required when the flow has variants. */
  readonly variant?: string;
  /** What the flow is given; checked against its schema. */
  readonly body?: unknown;
}

/** A run that was started. */
export interface StartedFlow {
  readonly runId: string;
  /** Resolves when the run has ended, in whatever process; however it ended. */
  finished(signal?: AbortSignal): Promise<FlowRunResult>;
}

/** One flow of one tenant, to be started by the app's own code. */
export interface FlowHandle {
  /**
   * Start a run. It is stored when this resolves, and goes on without you.
   *
   * @throws KhotanError `variant_required`, `variant_unknown`, `validation_failed`, `flow_disabled`, `flow_running`, `tenant_not_found`
   */
  start(start?: FlowStart): Promise<StartedFlow>;
}

/** The app itself sees everything. */
const APP = { id: "app", role: "admin", tenants: "*" } as const;

/** What `khotan.flow()` gives. */
export function flowHandle(
  engine: Engine,
  runtime: Pick<Runtime, "ready">,
  name: string,
  { plug, tenant = DEFAULT_TENANT }: { readonly plug?: string; readonly tenant?: string } = {},
): FlowHandle {
  return {
    async start({ variant, body } = {}) {
      await runtime.ready();
      const flow = requireFlow(engine, name, plug);
      const runId = await startFlow(engine, { flow, tenant, variant, body, source: "api", actor: null });
      const id = encodeId("run", runId);
      return { runId: id, finished: (signal) => resultOf(engine, id, signal ?? new AbortController().signal) };
    },
  };
}

async function resultOf(engine: Engine, runId: string, signal: AbortSignal): Promise<FlowRunResult> {
  for await (const news of followRun(engine, APP, { runId, afterSeq: Number.MAX_SAFE_INTEGER, signal })) {
    if (news.kind !== "end") continue;
    const { counters, result, error } = await readRun(engine, APP, runId);
    return { runId, status: ended(news.status), counters, result, error };
  }
  signal.throwIfAborted();
  throw new Error("the run was no longer followed");
}

function ended(status: RunStatus): FlowRunResult["status"] {
  if (isFinalRun(status) && status !== "pending" && status !== "running") return status;
  throw new Error(`a run ended as ${status}`);
}
