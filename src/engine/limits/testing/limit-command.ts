import { z } from "zod";
import type { RateLimit } from "../../plugs/index.ts";

const limitsSchema = z.object({
  /** A plug's limits never change while a process lives: other limits, another plug. */
  plug: z.string(),
  rateLimit: z.custom<RateLimit>((value) => typeof value === "object" && value !== null).nullable(),
  concurrency: z.number().nullable(),
});
export type DeclaredLimits = z.infer<typeof limitsSchema>;

/** What a test tells a process to do. */
export const commandSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("calls"), limits: limitsSchema, count: z.number(), holdMs: z.number() }),
  z.object({ kind: z.literal("hold"), limits: limitsSchema }),
  z.object({ kind: z.literal("penalise"), limits: limitsSchema, waitMs: z.number() }),
]);

const callSchema = z.object({ cameAt: z.number(), beganAt: z.number(), endedAt: z.number() });
/** Times in epoch milliseconds. */
export type TimedCall = z.infer<typeof callSchema>;

/** What it answers. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("calls"), calls: z.array(callSchema) }),
  z.object({ kind: z.literal("holding") }),
  z.object({ kind: z.literal("penalised"), at: z.number() }),
]);
export type LimitReport = z.infer<typeof reportSchema>;
