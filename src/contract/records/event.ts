import { z } from "zod";
import { plugNameSchema, tenantSchema, timeSchema } from "../page.ts";
import { DELIVERY_STATUSES, EVENT_ORIGINS } from "../statuses.ts";
import { deliverySchema } from "./delivery.ts";

export const verificationSchema = z.object({
  ok: z.boolean(),
  scheme: z.string(),
  secret: z.number().int().optional().describe("Which of several valid secrets matched, from 0."),
  signedAt: timeSchema.optional(),
});
export type Verification = z.infer<typeof verificationSchema>;

/** How many deliveries an event has in each status; statuses without any are left out. */
export const deliveryCountsSchema = z.partialRecord(z.enum(DELIVERY_STATUSES), z.number().int());

export const eventSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  type: z.string(),
  dedupeKey: z.string(),
  receivedAt: timeSchema,
  size: z.number().int().describe("Bytes of the body."),
  contentType: z.string().nullable(),
  origin: z.enum(EVENT_ORIGINS),
  verification: verificationSchema,
  duplicates: z.number().int().describe("How often it was sent again."),
  deliveries: deliveryCountsSchema,
});
export type EventRecord = z.infer<typeof eventSchema>;

export const eventDetailSchema = eventSchema.omit({ deliveries: true }).extend({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).describe("Secrets are replaced by `[redacted]`."),
  payload: z.unknown().describe("The parsed body; `null` when it is not JSON or a form."),
  bodyAvailable: z.boolean().describe("`false` once retention has removed the bytes."),
  causationId: z.string().nullable(),
  traceparent: z.string().nullable(),
  deliveries: z.array(deliverySchema),
});
export type EventDetail = z.infer<typeof eventDetailSchema>;

/** A body to be stored, in the form that is easiest to write. */
export const newEventBodySchema = z.union([
  z.strictObject({ json: z.unknown().refine((value) => value !== undefined, "Give a value.") }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
]);

/** An event made by a person. */
export const newEventSchema = z
  .strictObject({
    plug: plugNameSchema.optional().describe("Needed without `resendOf`."),
    tenant: tenantSchema.optional().describe("Default: that of `resendOf`, else `default`."),
    type: z.string().min(1).max(200).optional().describe("Default: that of `resendOf`, else as the wire reads it."),
    headers: z.record(z.string().max(200), z.string().max(4_000)).optional().describe("Default: those of `resendOf`."),
    body: newEventBodySchema.optional().describe("`{json}`, `{text}` or `{base64}`. Default: that of `resendOf`."),
    resendOf: z.string().optional().describe("The event this one is a copy of."),
  })
  .refine((given) => given.plug !== undefined || given.resendOf !== undefined, {
    path: ["plug"],
    message: "Name the plug, or the event to send again by `resendOf`.",
  });
export type NewEventInput = z.infer<typeof newEventSchema>;
