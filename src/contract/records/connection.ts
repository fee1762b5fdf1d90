import { z } from "zod";
import { timeSchema } from "../page.ts";
import { CONNECTION_STATUSES } from "../statuses.ts";
import { failureSchema } from "./error.ts";

/** One tenant's connection to a plug, without its secrets. */
export const connectionSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  status: z
    .enum(CONNECTION_STATUSES)
    .describe("`pending`: variables or a consent are missing; `expired`: a person must consent again."),
  auth: z.string().describe("The kind of authentication, e.g. `oauth2`."),
  consents: z.boolean().describe("It is connected by a person's consent: POST /connections/{plug}/authorize."),
  scopes: z
    .array(z.string())
    .nullable()
    .describe("What was granted; `null` when nothing was, or the server does not say."),
  expiresAt: timeSchema.nullable().describe("When a person must consent again; `null` when it renews itself."),
  error: failureSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type ConnectionRecord = z.infer<typeof connectionSchema>;

/** Where a person consents. */
export const consentSchema = z.object({
  url: z.url().describe("Open it in the browser that asked for it: only there can it be finished."),
  redirectUri: z.url().describe("What must be registered at the provider."),
  expiresAt: timeSchema.describe("Until then it can be finished, once."),
});
export type Consent = z.infer<typeof consentSchema>;
