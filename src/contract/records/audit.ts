import { z } from "zod";
import { timeSchema } from "../page.ts";

/** Who changed what. Values of variables never stand here, only their keys. */
export const auditSchema = z.object({
  id: z.string(),
  at: timeSchema,
  actor: z.string(),
  action: z.string().describe("e.g. `variables.set`, `wire.connect`, `run.cancel`."),
  plug: z.string().nullable(),
  tenant: z.string().nullable(),
  target: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type AuditRecord = z.infer<typeof auditSchema>;
