import { z } from "zod";
import { timeSchema } from "../page.ts";
import { DELIVERY_STATUSES, HANDLER_KINDS, HOLD_REASONS } from "../statuses.ts";
import { failureSchema } from "./error.ts";

/** One event for one handler: the unit of durable work. */
export const deliverySchema = z.object({
  id: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  handlerId: z.string(),
  handler: z.object({ name: z.string(), kind: z.enum(HANDLER_KINDS), execution: z.enum(["inline", "workflow"]) }),
  plug: z.string(),
  tenant: z.string(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  nextAttemptAt: timeSchema.nullable(),
  held: z.enum(HOLD_REASONS).nullable(),
  lastError: failureSchema.nullable(),
  runIds: z.array(z.string()).describe("Oldest first."),
  replayNo: z.number().int(),
  replayOf: z.string().nullable(),
  replayedAt: timeSchema.nullable().describe("When it was delivered anew, by another delivery."),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
});
export type DeliveryRecord = z.infer<typeof deliverySchema>;
