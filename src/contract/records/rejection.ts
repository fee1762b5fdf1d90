import { z } from "zod";
import { timeSchema } from "../page.ts";

/** A webhook that was refused, kept (in bounded number) so that an operator can see why. */
export const REJECTION_REASONS = [
  "signature_missing",
  "signature_malformed",
  "signature_mismatch",
  "timestamp_missing",
  "timestamp_stale",
  "secret_not_set",
  "custom_refused",
  "verifier_failed",
] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

export const rejectionSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  receivedAt: timeSchema,
  reason: z.enum(REJECTION_REASONS),
  message: z.string(),
  scheme: z.string(),
  size: z.number().int(),
  headers: z.record(z.string(), z.string()),
  bodyExcerpt: z.string().nullable().describe("The first bytes as text, at most 2 KB."),
  count: z.number().int().describe("How many like it came within the same minute."),
});
export type RejectionRecord = z.infer<typeof rejectionSchema>;
