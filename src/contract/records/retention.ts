import { z } from "zod";
import { timeSchema } from "../page.ts";

/** What is kept for a time of its own. */
export const RETENTION_KINDS = [
  "events",
  "bodies",
  "deliveries",
  "runs",
  "logs",
  "exchanges",
  "rejections",
  "minutes",
  "hours",
  "gaps",
  "conflicts",
  "drifts",
  "audit",
  "idempotency",
] as const;
export type RetentionKind = (typeof RETENTION_KINDS)[number];

/** Days, `null` for ever. */
const days = z
  .number()
  .min(1 / 24)
  .max(36_500)
  .nullable();

export const retentionRuleSchema = z.object({
  kind: z.enum(RETENTION_KINDS),
  days: days.describe("Kept for so many days; `null` for ever."),
  defaultDays: z.number().nullable().describe("What holds when nobody says otherwise."),
  source: z.enum(["default", "code", "stored"]).describe("Who says so: nobody, the app's code, or a person."),
  what: z.string().describe("What is removed, and what is not."),
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

export const retentionSchema = z.object({
  rules: z.array(retentionRuleSchema),
  lastRound: z
    .object({
      endedAt: timeSchema,
      removed: z.partialRecord(z.enum(RETENTION_KINDS), z.number().int()).describe("Rows, by kind."),
    })
    .nullable()
    .describe("The last time something was looked for; `null` before the first."),
});
export type Retention = z.infer<typeof retentionSchema>;

export const retentionPatchSchema = z
  .partialRecord(z.enum(RETENTION_KINDS), z.union([days, z.literal("default")]))
  .describe('Days by kind, `null` for ever, `"default"` for what code says; the rest stays.');
export type RetentionPatch = z.infer<typeof retentionPatchSchema>;

export const storedTableSchema = z.object({
  schema: z.string(),
  table: z.string(),
  bytes: z.number().int().describe("With indexes and what is stored out of line."),
  rows: z.number().int().nullable().describe("Estimated; `null` while Postgres has not counted yet."),
  oldestAt: timeSchema.nullable().describe("When the oldest row was made, where rows have a time."),
  retention: z.enum(RETENTION_KINDS).nullable().describe("The rule that empties it."),
  days: z.number().nullable().describe("What that rule says now; `null` for ever, or without a rule."),
});
export type StoredTable = z.infer<typeof storedTableSchema>;

export const storageSchema = z.object({
  databaseBytes: z.number().int(),
  tables: z.array(storedTableSchema).describe("Khotan's tables, the queue's and Workflow's; the largest first."),
});
export type Storage = z.infer<typeof storageSchema>;
