import { z } from "zod";
import { timeSchema } from "../page.ts";
import { HANDLER_KINDS, HOLD_REASONS } from "../statuses.ts";

export const handlerSchema = z.object({
  id: z.string(),
  plug: z.string(),
  kind: z.enum(HANDLER_KINDS),
  name: z.string(),
  events: z.array(z.string()).describe("Patterns such as `invoice.*`."),
  to: z.string().nullable().describe("A pass's destination plug."),
  execution: z.enum(["inline", "workflow"]),
  enabled: z.boolean(),
  paused: z.boolean(),
  maxAttempts: z.number().int(),
  timeoutMs: z.number().int().nullable().describe("A run that takes longer fails; `null`: no limit."),
  concurrency: z.number().int().nullable().describe("Deliveries that may run at once; `null`: any number."),
  rate: z
    .object({ calls: z.number().int(), windowMs: z.number() })
    .nullable()
    .describe("Deliveries that may begin in any window; `null`: any number."),
  ordered: z.boolean().describe("Events of one key are delivered one after the other."),
  priority: z.number().int().nullable().describe("The smaller goes first; `null`: it depends on the event."),
  waiting: z.number().int().describe("Deliveries held back, for whatever reason; ends at 10,000."),
  held: z.partialRecord(z.enum(HOLD_REASONS), z.number().int()).describe("The same by reason; none is left out."),
  dead: z.number().int(),
  createdAt: timeSchema,
});
export type HandlerRecord = z.infer<typeof handlerSchema>;
