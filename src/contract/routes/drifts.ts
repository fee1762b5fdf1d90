import { z } from "zod";
import { listOf, listQuery, pageOf, tenantSchema } from "../page.ts";
import { listedDriftSchema } from "../records/sync.ts";
import { defineRoute } from "../route.ts";
import { DRIFT_STATUSES } from "../statuses.ts";

const tag = "Drifts";

export const listDrifts = defineRoute({
  method: "get",
  path: "/drifts",
  access: "viewer",
  tag,
  summary: "List how the sources of syncs changed their looks, newest first",
  query: listQuery.extend({
    flow: z.string().optional().describe("A flow's id or name."),
    tenant: tenantSchema.optional(),
    status: listOf(DRIFT_STATUSES).optional(),
  }),
  responses: { 200: { description: "A page of drifts, each with its diff.", schema: pageOf(listedDriftSchema) } },
});

export const acceptDrift = defineRoute({
  method: "post",
  path: "/drifts/{id}/accept",
  access: "operator",
  tag,
  summary: "Accept the drift that pauses a flow",
  description:
    "Exactly this one: if another was found since you looked, the answer is 409. The flow fires again for this tenant, from where it was.",
  params: z.object({ id: z.string() }),
  responses: {
    200: { description: "The drift as it is now.", schema: listedDriftSchema },
    409: { description: "It does not pause the flow (any more)." },
  },
});
