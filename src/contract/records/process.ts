import { z } from "zod";
import { timeSchema } from "../page.ts";

export const processSchema = z.object({
  id: z.string(),
  role: z.string().describe("`all`, `web` or `worker`."),
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  startedAt: timeSchema,
  heartbeatAt: timeSchema.describe("It beats every 5 seconds; after 20 it counts as dead."),
  alive: z.boolean(),
  self: z.boolean().describe("Whether it is the one that answers."),
});

const figure = (what: string) => z.number().int().describe(what);

export const queueSchema = z.object({
  due: figure("Deliveries that could be tried now."),
  oldestDueAt: timeSchema.nullable().describe("Since when the oldest of them waits."),
  running: figure("Deliveries that are being tried."),
  retrying: figure("Failed deliveries that wait for their next attempt."),
  held: figure("Deliveries that wait for a switch, an order, a limit or a breaker."),
  estimated: z.boolean().describe("Counts above 10,000 are estimates."),
  jobsRunning: figure("Background jobs under way."),
  flowsRunning: figure("Runs of flows under way."),
});

export const processesSchema = z.object({ items: z.array(processSchema), queue: queueSchema });
export type Processes = z.infer<typeof processesSchema>;
