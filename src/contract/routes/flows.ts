import { z } from "zod";
import { DEFAULT_TENANT, plugNameSchema, tenantSchema } from "../page.ts";
import { flowSchema } from "../records/flow.ts";
import { flowCursorsSchema } from "../records/flow-cursor.ts";
import { runSchema } from "../records/run.ts";
import { flowDriftSchema } from "../records/sync.ts";
import { defineRoute } from "../route.ts";
import { FLOW_KINDS } from "../statuses.ts";

const idParams = z.object({
  id: z.string().describe("A flow's id, or its name while no other plug has one of that name."),
});

export const listFlows = defineRoute({
  method: "get",
  path: "/flows",
  access: "viewer",
  tag: "Flows",
  summary: "List flows with their schedules and newest runs",
  query: z.object({ plug: plugNameSchema.optional(), kind: z.enum(FLOW_KINDS).optional() }),
  responses: { 200: { description: "All flows, by plug and name.", schema: z.object({ items: z.array(flowSchema) }) } },
});

export const getFlow = defineRoute({
  method: "get",
  path: "/flows/{id}",
  access: "viewer",
  tag: "Flows",
  summary: "Read one flow",
  params: idParams,
  responses: { 200: { description: "The flow.", schema: flowSchema } },
});

export const updateFlow = defineRoute({
  method: "patch",
  path: "/flows/{id}",
  access: "operator",
  tag: "Flows",
  summary: "Switch a flow or its schedules on or off",
  description:
    "A flow that is off does not fire and cannot be started; runs that wait go on waiting. Ticks that come while it or a schedule is off are not made up for.",
  params: idParams,
  body: z
    .strictObject({
      enabled: z.boolean().optional(),
      schedules: z
        .array(
          z.strictObject({
            variant: z.string().nullable().describe("`null` for a flow without variants."),
            enabled: z.boolean(),
          }),
        )
        .optional(),
    })
    .refine(
      (body) => body.enabled !== undefined || body.schedules !== undefined,
      "Send `enabled`, `schedules` or both.",
    ),
  responses: { 200: { description: "The flow as it is now.", schema: flowSchema } },
});

export const startFlow = defineRoute({
  method: "post",
  path: "/flows/{id}/runs",
  access: "operator",
  tag: "Flows",
  summary: "Run a flow now",
  description: "The run is stored when this answers, and begins at once if it may. Follow it: GET /runs/{id}/stream",
  params: idParams,
  query: z.object({ tenant: tenantSchema.default(DEFAULT_TENANT) }),
  body: z.strictObject({
    variant: z.string().optional().describe("Required when the flow has variants."),
    body: z.unknown().optional().describe("What the flow is given; checked against its schema."),
  }),
  responses: { 202: { description: "The run.", schema: runSchema } },
});

export const getFlowDrift = defineRoute({
  method: "get",
  path: "/flows/{id}/drift",
  access: "viewer",
  tag: "Flows",
  summary: "Show what a flow's source gives, and how that changed",
  params: idParams,
  query: z.object({ tenant: tenantSchema.default(DEFAULT_TENANT) }),
  responses: { 200: { description: "The shape of its records and what drifted.", schema: flowDriftSchema } },
});

export const acceptFlowDrift = defineRoute({
  method: "post",
  path: "/flows/{id}/drift/accept",
  access: "operator",
  tag: "Flows",
  summary: "Accept the drift that pauses a flow",
  description: "The flow fires again for this tenant, from where it was.",
  params: idParams,
  query: z.object({ tenant: tenantSchema.default(DEFAULT_TENANT) }),
  responses: { 200: { description: "What is known of the source now.", schema: flowDriftSchema } },
});

export const listFlowCursors = defineRoute({
  method: "get",
  path: "/flows/{id}/cursors",
  access: "viewer",
  tag: "Flows",
  summary: "Show how far a flow is",
  params: idParams,
  query: z.object({ tenant: tenantSchema.default(DEFAULT_TENANT) }),
  responses: { 200: { description: "Its cursors for this tenant, by variant and name.", schema: flowCursorsSchema } },
});

export const resetFlowCursors = defineRoute({
  method: "delete",
  path: "/flows/{id}/cursors",
  access: "operator",
  tag: "Flows",
  summary: "Let a flow begin anew",
  description:
    "Forgets its cursors for this tenant, all of them or one. The next run reads everything again; what is there already is not written twice. While a run goes on the answer is 409.",
  params: idParams,
  query: z.object({
    tenant: tenantSchema.default(DEFAULT_TENANT),
    variant: z
      .string()
      .max(63)
      .optional()
      .describe("Only those of this variant; empty for the one all variants share."),
    name: z.string().max(200).optional().describe("Only the one of this name; empty for the flow's own."),
  }),
  responses: {
    200: { description: "What is left.", schema: flowCursorsSchema },
    409: { description: "A run goes on and would set them again: `flow_running`." },
  },
});
