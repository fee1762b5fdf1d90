import { z } from "zod";
import { tenantSchema } from "../page.ts";
import { topologySchema } from "../records/topology.ts";
import { defineRoute } from "../route.ts";

/** Windows that figures can be asked for, in minutes. */
export const TOPOLOGY_WINDOWS = [5, 15, 60, 1440] as const;

export const getTopology = defineRoute({
  method: "get",
  path: "/topology",
  access: "viewer",
  tag: "System",
  summary: "What is connected to what, and how it goes",
  query: z.object({
    tenant: tenantSchema.optional(),
    window: z.coerce
      .number()
      .pipe(z.literal(TOPOLOGY_WINDOWS))
      .default(15)
      .describe("Minutes that rates, durations and error shares are taken over."),
  }),
  responses: { 200: { description: "Nodes and edges.", schema: topologySchema } },
});
