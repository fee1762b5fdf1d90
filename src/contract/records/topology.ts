import { z } from "zod";
import { timeSchema } from "../page.ts";
import { CONNECTION_STATUSES, FLOW_KINDS, HANDLER_KINDS, RUN_STATUSES, WIRE_STATUSES } from "../statuses.ts";

/** What a node or an edge did within the window that was asked for. */
export const trafficSchema = z.object({
  perMinute: z.number().describe("Mean over the window."),
  p95Ms: z.number().nullable().describe("An estimate from the histogram; `null` when nothing ended."),
  errorShare: z.number().min(0).max(1),
  backlog: z.number().int().describe("Deliveries or runs that wait now."),
});
export type Traffic = z.infer<typeof trafficSchema>;

export const TOPOLOGY_HEALTHS = ["ok", "warn", "bad", "running", "off"] as const;
export type TopologyHealth = (typeof TOPOLOGY_HEALTHS)[number];

const node = z.object({
  id: z.string().describe("Unique in the topology, e.g. `plug:stripe`."),
  name: z.string(),
  health: z.enum(TOPOLOGY_HEALTHS),
  trouble: z
    .string()
    .nullable()
    .describe("The word for what is wrong, e.g. `dead`, `breaker_open`, `connection_expired`."),
  troubleCount: z.number().int(),
});

export const plugNodeSchema = node.extend({
  kind: z.literal("plug"),
  label: z.string(),
  host: z.string().nullable(),
  enabled: z.boolean(),
  connection: z.enum(CONNECTION_STATUSES),
  wire: z.enum(WIRE_STATUSES).nullable(),
  webhook: trafficSchema.nullable().describe("What comes in; `null` without a wire."),
  api: trafficSchema.nullable().describe("Calls of flows; `null` without flows."),
});

export const destinationNodeSchema = node.extend({
  kind: z.literal("destination"),
  plug: z.string(),
  label: z.string(),
  host: z.string().nullable(),
  traffic: trafficSchema,
});

export const handlerNodeSchema = node.extend({
  kind: z.enum(HANDLER_KINDS),
  handlerId: z.string(),
  plug: z.string(),
  events: z.array(z.string()),
  destination: z.string().nullable(),
  execution: z.enum(["inline", "workflow"]),
  enabled: z.boolean(),
  paused: z.boolean(),
  waiting: z.number().int(),
  dead: z.number().int(),
  traffic: trafficSchema,
});

export const flowNodeSchema = node.extend({
  kind: z.enum(FLOW_KINDS),
  flowId: z.string(),
  plug: z.string(),
  resource: z.string().nullable(),
  destination: z.string().nullable(),
  schedules: z.array(z.string()).describe("Cron expressions."),
  nextAt: timeSchema.nullable(),
  enabled: z.boolean(),
  running: z.number().int(),
  lastStatus: z.enum(RUN_STATUSES).nullable(),
  traffic: trafficSchema,
});

export const databaseNodeSchema = node.extend({
  kind: z.literal("database"),
  version: z.string(),
  tables: z
    .array(z.object({ name: z.string(), rows: z.number().int().nullable() }))
    .describe("Those that handlers and flows say they write."),
});

export const topologyNodeSchema = z.discriminatedUnion("kind", [
  plugNodeSchema,
  destinationNodeSchema,
  handlerNodeSchema,
  flowNodeSchema,
  databaseNodeSchema,
]);
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

export const topologyEdgeSchema = z.object({
  id: z.string(),
  from: z.string(),
  fromPort: z.string().nullable(),
  to: z.string(),
  toPort: z.string().nullable(),
  motion: z.enum(["pushed", "pulled"]).describe("Pushed by a webhook, or pulled by a flow."),
  traffic: trafficSchema,
});
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;

/** Everything that is registered and how it is connected, in one read. */
export const topologySchema = z.object({
  windowMinutes: z.number().int(),
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
});
export type Topology = z.infer<typeof topologySchema>;
