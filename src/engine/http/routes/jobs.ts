import type { Principal, StartedJob } from "../../../contract/index.ts";
import { requireHandlerId } from "../../handlers/list-handlers.ts";
import { cancelJob } from "../../jobs/cancel-job.ts";
import { listJobs, readJob } from "../../jobs/list-jobs.ts";
import { startJob } from "../../jobs/start-job.ts";
import { requireTenant } from "../choose-tenant.ts";
import type { Handlers } from "../route-handler.ts";

export const jobRoutes: Pick<
  Handlers,
  "replayEvents" | "retryDeliveries" | "retryRuns" | "cancelRuns" | "listJobs" | "getJob" | "cancelJob"
> = {
  replayEvents: async ({ engine, principal, body, requestId, workId }) => {
    requireOwn(principal, body);
    const { handlerId, ...selection } = body;
    const id = handlerId === undefined ? undefined : requireHandlerId(engine, handlerId);
    const handler = id === undefined ? null : engine.registry.handler(id);
    return answer(
      await startJob(engine, {
        id: workId,
        kind: "events.replay",
        ...selection,
        handler: handler ? { id: handler.id, plug: handler.plug } : undefined,
        actor: principal,
        requestId,
      }),
    );
  },

  retryDeliveries: async ({ engine, principal, body, requestId, workId }) => {
    requireOwn(principal, body);
    return answer(
      await startJob(engine, { id: workId, kind: "deliveries.retry", ...body, actor: principal, requestId }),
    );
  },

  retryRuns: async ({ engine, principal, body, requestId, workId }) => {
    requireOwn(principal, body);
    return answer(await startJob(engine, { id: workId, kind: "runs.retry", ...body, actor: principal, requestId }));
  },

  cancelRuns: async ({ engine, principal, body, requestId, workId }) => {
    requireOwn(principal, body);
    return answer(await startJob(engine, { id: workId, kind: "runs.cancel", ...body, actor: principal, requestId }));
  },

  listJobs: ({ engine, principal, query }) => listJobs(engine, principal, query),

  getJob: ({ engine, principal, params }) => readJob(engine, principal, params.id),

  cancelJob: async ({ engine, principal, params, requestId }) =>
    Response.json(await cancelJob(engine, { id: params.id, actor: principal, requestId }), { status: 202 }),
};

function requireOwn(
  principal: Principal,
  { filter }: { readonly filter?: { readonly tenant?: string | undefined } | undefined },
): void {
  if (filter?.tenant !== undefined) requireTenant(principal, filter.tenant);
}

const answer = (started: StartedJob): Response => Response.json(started, { status: started.job ? 202 : 200 });
