import { encodeId } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { KhotanError } from "../../errors.ts";
import { listFlowCursors } from "../../flows/list-flow-cursors.ts";
import { listFlows } from "../../flows/list-flows.ts";
import { requireFlow } from "../../flows/require-flow.ts";
import { resetFlowCursors } from "../../flows/reset-flow-cursors.ts";
import { startFlow } from "../../flows/start-flow.ts";
import { switchFlow } from "../../flows/switch-flow.ts";
import { requireRun } from "../../runs/require-run.ts";
import { acceptFlowDrift } from "../../sync/drift/accept-drift.ts";
import { readFlowDrift } from "../../sync/drift/flow-drift.ts";
import { requireAllTenants } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const flowRoutes: Pick<
  Handlers,
  | "listFlows"
  | "getFlow"
  | "updateFlow"
  | "startFlow"
  | "getFlowDrift"
  | "acceptFlowDrift"
  | "listFlowCursors"
  | "resetFlowCursors"
> = {
  listFlows: async ({ engine, principal, query }) => {
    if (query.plug) engine.registry.plug(query.plug);
    return { items: await listFlows(engine, principal, query) };
  },

  getFlow: ({ engine, principal, params }) => readFlow(engine, principal, params.id),

  updateFlow: async ({ engine, principal, params, body, requestId }) => {
    const flow = requireFlow(engine, params.id);
    requireAllTenants(principal);
    await switchFlow(engine, { flow, ...body, actor: principal, requestId });
    return await readFlow(engine, principal, params.id);
  },

  startFlow: async ({ engine, principal, params, query, body, requestId, workId }) => {
    const flow = requireFlow(engine, params.id);
    const runId = await startFlow(engine, {
      id: workId,
      flow,
      tenant: query.tenant,
      ...body,
      source: "manual",
      actor: principal,
      requestId,
    });
    return (await requireRun(engine, principal, encodeId("run", runId))).run;
  },

  getFlowDrift: ({ engine, params, query }) => readFlowDrift(engine, requireFlow(engine, params.id), query.tenant),

  acceptFlowDrift: async ({ engine, principal, params, query, requestId }) => {
    const flow = requireFlow(engine, params.id);
    await acceptFlowDrift(engine, flow, query.tenant, { actor: principal, requestId });
    return await readFlowDrift(engine, flow, query.tenant);
  },

  listFlowCursors: ({ engine, params, query }) =>
    listFlowCursors(engine.adapter.db, requireFlow(engine, params.id), query.tenant),

  resetFlowCursors: ({ engine, principal, params, query, requestId }) =>
    resetFlowCursors(engine, requireFlow(engine, params.id), { ...query, actor: principal, requestId }),
};

async function readFlow(engine: Engine, principal: Parameters<typeof listFlows>[1], id: string) {
  const [flow] = await listFlows(engine, principal, { id: requireFlow(engine, id).id });
  if (flow) return flow;
  throw new KhotanError("not_found", `There is no flow "${id}".`, { hint: "List them: GET /flows" });
}
