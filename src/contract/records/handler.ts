import { z } from "zod";
import { timeSchema } from "../page.ts";
import { HANDLER_KINDS } from "../statuses.ts";

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
  waiting: z.number().int().describe("Deliveries held until it is resumed."),
  dead: z.number().int(),
  createdAt: timeSchema,
});
export type HandlerRecord = z.infer<typeof handlerSchema>;
