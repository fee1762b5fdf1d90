import { sql } from "drizzle-orm";
import { z } from "zod";
import { DEFAULT_TENANT, encodeId, type Principal, type RunSource } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import { rows, type Transaction } from "../database/adapter.ts";
import { KhotanError } from "../errors.ts";
import { storableJson } from "../events/storable-json.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { pausedTenants } from "../sync/drift/paused-tenants.ts";
import type { Flow } from "./flow.ts";
import { insertFlowRuns } from "./insert-flow-runs.ts";

export interface StartFlow {
  /** The database id the run is to have: asked for twice, it is made once. */
  readonly id?: string | undefined;
  readonly flow: LiveFlow;
  readonly tenant: string;
  /** Required when the flow has variants. */
  readonly variant?: string | null;
  readonly body?: unknown;
  readonly source: RunSource;
  /** Who asks; `null` for the app itself. */
  readonly actor: Principal | null;
  readonly requestId?: string;
  readonly retryOf?: string;
}

/**
 * Start a flow: when this returns the run is stored, and some process runs it.
 *
 * @returns the run's database id.
 * @throws KhotanError `variant_required`, `variant_unknown`, `validation_failed` for the body, `flow_disabled`,
 * `tenant_not_found`, `flow_paused` while its source's drift waits to be accepted, `flow_running` when its overlap policy is `skip` and the one before has not ended.
 */
export async function startFlow(engine: Engine, request: StartFlow): Promise<string> {
  const { id, flow, tenant, actor, requestId, source, retryOf } = request;
  const variant = chooseVariant(flow.definition, request.variant ?? null);
  const body = request.body;
  checkBody(flow.definition, body);
  requireOn(engine, flow);
  await requireConnection(engine, flow.plug, tenant);
  const made = await engine.adapter.db.transaction(async (tx) => {
    if (id !== undefined && (await isMade(tx, id))) return id;
    if ((await pausedTenants(tx, flow.id)).has(tenant)) throw paused(flow);
    const who = actor && (actor.name ?? actor.id);
    const [run] = await insertFlowRuns(tx, { id, flow, variant, tenants: [tenant], source, body, actor: who, retryOf });
    if (!run) throw new Error("no run was made");
    if (run.kind === "skipped") throw running(flow.definition, run.busy);
    if (actor) {
      const target = flow.definition.name;
      const data = { run: encodeId("run", run.runId), ...(variant === null ? {} : { variant }) };
      await writeAudit(tx, { actor, action: "flow.start", plug: flow.plug, tenant, target, data, requestId });
    }
    return run.runId;
  });
  return made;
}

/** By an earlier try, whose process died before it could say so. */
async function isMade(tx: Transaction, id: string): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select id::text from khotan_runs where id = ${id}::uuid`,
    z.object({ id: z.string() }),
  );
  return found.length > 0;
}

/** The variant a run is of. @throws KhotanError `variant_required`, `variant_unknown`, both listing what there is */
export function chooseVariant(
  { name, variants }: Pick<Flow, "name" | "variants">,
  variant: string | null,
): string | null {
  if (variant !== null && variants.includes(variant)) return variant;
  if (variant === null && variants.length === 0) return null;
  const issues = [
    { path: "variant", message: variants.length > 0 ? `One of: ${variants.join(", ")}.` : "Leave it out." },
  ];
  if (variants.length === 0) throw new KhotanError("variant_unknown", `"${name}" has no variants.`, { issues });
  const hint = `It has: ${variants.join(", ")}.`;
  if (variant === null)
    throw new KhotanError("variant_required", `"${name}" has variants: name one.`, { hint, issues });
  throw new KhotanError("variant_unknown", `"${name}" has no variant "${variant}".`, { hint, issues });
}

function checkBody({ name, body: schema }: Flow, body: unknown): void {
  const wrong = (issues: { path: string; message: string }[]) =>
    new KhotanError("validation_failed", `"${name}" cannot be started with this body.`, { issues });
  // Compared as JSON: what cannot be stored must not be accepted.
  if (body !== undefined && body !== null && (storableJson(body) ?? null) === null) {
    throw wrong([{ path: "body", message: "Must be JSON without NUL characters." }]);
  }
  const checked = schema?.safeParse(body);
  if (!checked || checked.success) return;
  throw wrong(checked.error.issues.map(({ path, message }) => ({ path: ["body", ...path].join("."), message })));
}

function requireOn(engine: Engine, flow: LiveFlow): void {
  if (!engine.registry.plug(flow.plug).enabled) {
    throw new KhotanError("flow_disabled", `"${flow.plug}" is switched off.`, { hint: "Switch the plug on first." });
  }
  if (!flow.enabled) {
    const hint = `Switch it on first: PATCH /flows/${encodeId("flow", flow.id)}`;
    throw new KhotanError("flow_disabled", `"${flow.definition.name}" is switched off.`, { hint });
  }
}

async function requireConnection(engine: Engine, plug: string, tenant: string): Promise<void> {
  if (tenant === DEFAULT_TENANT) return;
  const { fields } = engine.registry.plug(plug).plug;
  if ((await engine.connectionVars.read(plug, tenant, fields)) !== null) return;
  throw new KhotanError("tenant_not_found", `"${plug}" has no connection for tenant "${tenant}".`, {
    hint: `Set its variables first: POST ${engine.settings.basePath}/variables/${plug}?tenant=${tenant}`,
  });
}

const paused = ({ id, definition }: LiveFlow): KhotanError =>
  new KhotanError("flow_paused", `"${definition.name}" is paused: its source's records changed.`, {
    hint: `See GET /flows/${encodeId("flow", id)}/drift; if it is right, POST /flows/${encodeId("flow", id)}/drift/accept.`,
  });

const running = ({ name, overlap }: Flow, busy: string): KhotanError =>
  new KhotanError("flow_running", `"${name}" is running: ${encodeId("run", busy)} has not ended.`, {
    hint:
      overlap === "queue"
        ? "So many wait already that no more are taken."
        : 'Wait for it or cancel it; with `overlap: "queue"` it would wait its turn.',
  });
