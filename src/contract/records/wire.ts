import { z } from "zod";
import { timeSchema } from "../page.ts";
import { WIRE_MODES, WIRE_STATUSES } from "../statuses.ts";
import { failureSchema } from "./error.ts";
import { variableFieldSchema } from "./variable.ts";

export const wireSchema = z.object({
  id: z.string().nullable().describe("`null` until the wire is connected for the first time."),
  plug: z.string(),
  tenant: z.string(),
  status: z.enum(WIRE_STATUSES),
  connected: z.boolean(),
  mode: z.enum(WIRE_MODES),
  scheme: z.string().describe("How signatures are checked, e.g. `stripe` or `custom`."),
  events: z.array(z.string()),
  callbackUrl: z.string(),
  remoteId: z.string().nullable(),
  expiresAt: timeSchema.nullable(),
  renewable: z.boolean(),
  connectedAt: timeSchema.nullable(),
  lastReceivedAt: timeSchema.nullable(),
  error: failureSchema.nullable(),
  guide: z.array(z.object({ title: z.string(), text: z.string() })),
  fields: z.array(variableFieldSchema).describe("The wire's own variables."),
});
export type WireRecord = z.infer<typeof wireSchema>;

export const wireConnectSchema = z.object({
  callbackUrl: z.url({ protocol: /^https?$/ }).optional(),
  vars: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
