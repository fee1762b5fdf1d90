import { z } from "zod";
import { ROLES } from "../roles.ts";

export const readySchema = z.object({
  ready: z.boolean(),
  database: z.boolean(),
  migrations: z.boolean(),
  queue: z.boolean(),
});

export const healthSchema = z.object({ ok: z.literal(true) });

/** Figures for the Hub's frame: who is asking, what needs a person, what the house runs on. */
export const overviewSchema = z.object({
  principal: z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES) }),
  tenants: z.array(z.string()),
  counts: z.object({
    plugs: z.number().int(),
    connections: z.number().int(),
    eventsLastMinute: z.number().int(),
    eventsKept: z.number().int(),
    runsKept: z.number().int(),
    estimated: z.boolean().describe("Counts above 10,000 are estimates."),
    runsLive: z.number().int(),
    deadLetters: z.number().int(),
    rejections: z.number().int().describe("In the last 24 hours."),
    conflicts: z.number().int().describe("Of two-way syncs: decided by their policy, and by no person yet."),
    drifts: z.number().int().describe("Changed sources that pause a flow until somebody accepts them."),
  }),
  system: z.object({
    processes: z.number().int(),
    queue: z.number().int().describe("Deliveries due now."),
    postgres: z.string(),
    databaseBytes: z.number(),
    webhookUrl: z.string(),
    debug: z.boolean(),
    people: z.boolean().describe("Whether users and API keys are managed here; else the host app does it."),
    secretKeysMissing: z.array(z.string()),
  }),
});
export type Overview = z.infer<typeof overviewSchema>;
