import { z } from "zod";
import { listQuery, pageOf, timeSchema } from "../page.ts";
import { gapSchema } from "../records/gap.ts";
import { defineRoute } from "../route.ts";
import { plugParams, tenantQuery } from "./plugs.ts";

export const listGaps = defineRoute({
  method: "get",
  path: "/wires/{plug}/gaps",
  access: "viewer",
  tag: "Wires",
  summary: "List times in which a wire may have missed events, newest first",
  params: plugParams,
  query: listQuery.extend(tenantQuery.shape),
  responses: { 200: { description: "A page of gaps.", schema: pageOf(gapSchema) } },
});

export const repairWire = defineRoute({
  method: "post",
  path: "/wires/{plug}/repair",
  access: "operator",
  tag: "Wires",
  summary: "Ask the provider for events that are missing",
  description:
    "What the provider lists and the hub does not have is stored and delivered as if its webhook had come. Safe to repeat. 409 when the wire cannot list what it missed.",
  params: plugParams,
  query: tenantQuery,
  body: z
    .object({ since: timeSchema.optional().describe("Default: shortly before the last event was received.") })
    .default({}),
  responses: { 202: { description: "The gap; it closes in the background.", schema: gapSchema } },
});
