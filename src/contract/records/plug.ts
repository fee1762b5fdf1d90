import { z } from "zod";
import { timeSchema } from "../page.ts";
import { BREAKER_STATES, CONNECTION_STATUSES, WIRE_MODES, WIRE_STATUSES } from "../statuses.ts";

/** A plug as the app registered it, with what its connections and wire look like for one tenant. */
export const plugSchema = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string().describe("What people call it; defaults to the name."),
  description: z.string().nullable(),
  docsUrl: z.string().nullable(),
  baseUrl: z.string().nullable().describe("`null` when it depends on variables that are not set."),
  host: z.string().nullable(),
  auth: z.string().describe("The kind of authentication, e.g. `bearer`."),
  enabled: z.boolean(),
  tenants: z.array(z.string()).describe("Tenants with a connection that the caller may see."),
  connection: z.object({
    tenant: z.string(),
    status: z.enum(CONNECTION_STATUSES),
    missing: z.array(z.string()).describe("Required variables that are not set."),
  }),
  wire: z
    .object({ status: z.enum(WIRE_STATUSES), mode: z.enum(WIRE_MODES), expiresAt: timeSchema.nullable() })
    .nullable()
    .describe("`null` when the plug declares no wire."),
  breaker: z
    .object({ state: z.enum(BREAKER_STATES), reason: z.string().nullable(), openedAt: timeSchema.nullable() })
    .nullable()
    .describe("Whether passes go to this connection now; `null` when nothing ever failed there."),
  counts: z.object({
    handlers: z.number().int(),
    flows: z.number().int(),
    waiting: z.number().int().describe("Deliveries of its handlers that are held back, for whatever reason."),
    dead: z.number().int(),
  }),
  createdAt: timeSchema,
});
export type PlugRecord = z.infer<typeof plugSchema>;
