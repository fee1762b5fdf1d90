import { z } from "zod";
import { timeSchema } from "../page.ts";

/** When a flow's variant fires. */
export const scheduleSchema = z.object({
  id: z.string(),
  flowId: z.string(),
  variant: z.string().nullable(),
  cron: z.string(),
  timeZone: z.string(),
  enabled: z.boolean(),
  nextAt: timeSchema.nullable(),
  lastFiredAt: timeSchema.nullable(),
});
