import { z } from "zod";
import { timeSchema } from "../page.ts";

/** Dead letters of one handler with the same cause. */
export const deadLetterGroupSchema = z.object({
  fingerprint: z.string().describe("Equal for failures with the same cause; give it back as `errorFingerprint`."),
  code: z.string(),
  message: z.string().describe("Of the newest one."),
  hint: z.string().nullable(),
  handlerId: z.string(),
  handler: z.string(),
  plug: z.string(),
  count: z.number().int(),
  more: z.boolean().describe("There are more than `count`: counting ends at 10,000."),
  firstAt: timeSchema.describe("When the oldest was given up."),
  lastAt: timeSchema,
  deliveryId: z.string().describe("The newest one, to look at."),
});
export type DeadLetterGroup = z.infer<typeof deadLetterGroupSchema>;
