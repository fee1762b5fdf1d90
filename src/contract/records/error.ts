import { z } from "zod";

/** Why an attempt, a run or a delivery failed. */
export const failureSchema = z.object({
  code: z.string().describe("Machine-readable, e.g. `slack.channel_not_found` or `handler_threw`."),
  message: z.string(),
  hint: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  retryable: z.boolean().optional(),
  fingerprint: z.string().optional().describe("Equal for failures with the same cause."),
  stack: z.string().optional().describe("Only shown to operators and admins."),
});
export type Failure = z.infer<typeof failureSchema>;
