import { z } from "zod";
import { listOf, listQuery, pageOf, tenantSchema } from "../page.ts";
import { conflictSchema } from "../records/sync.ts";
import { defineRoute } from "../route.ts";
import { CONFLICT_SIDES, CONFLICT_STATUSES } from "../statuses.ts";

const tag = "Conflicts";
const byId = z.object({ id: z.string() });

export const listConflicts = defineRoute({
  method: "get",
  path: "/conflicts",
  access: "viewer",
  tag,
  summary: "List conflicts of two-way syncs, newest first",
  query: listQuery.extend({
    flow: z.string().optional().describe("A flow's id or name."),
    tenant: tenantSchema.optional(),
    status: listOf(CONFLICT_STATUSES).optional(),
  }),
  responses: { 200: { description: "A page of conflicts.", schema: pageOf(conflictSchema) } },
});

export const getConflict = defineRoute({
  method: "get",
  path: "/conflicts/{id}",
  access: "viewer",
  tag,
  summary: "Read one conflict",
  params: byId,
  responses: { 200: { description: "The conflict.", schema: conflictSchema } },
});

export const resolveConflict = defineRoute({
  method: "post",
  path: "/conflicts/{id}/resolve",
  access: "operator",
  tag,
  summary: "Decide a conflict by hand",
  description:
    "`source` and `platform` choose a side for the fields in conflict; `merged` takes `value`, the fields as they are to be. The flow's next run gives it to both sides; until then the status is `resolving`.",
  params: byId,
  body: z.strictObject({
    use: z.enum(CONFLICT_SIDES),
    value: z.record(z.string(), z.unknown()).optional().describe("With `merged`."),
  }),
  responses: { 200: { description: "The conflict as it is now.", schema: conflictSchema } },
});
