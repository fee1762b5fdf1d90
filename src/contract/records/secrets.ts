import { z } from "zod";
import { jobSchema } from "./job.ts";

export const secretKeySchema = z.object({
  keyId: z.string().describe("A public fingerprint; it says nothing about the key."),
  current: z.boolean().describe("Everything new is sealed with it."),
  known: z.boolean().describe("Whether the process that answers has it."),
  connections: z.number().int().describe("Connections whose variables it seals."),
  wires: z.number().int(),
  channels: z.number().int().describe("Alert channels."),
});
export type SecretKeyRecord = z.infer<typeof secretKeySchema>;

/** Which keys seal what is stored. No secret and no part of one stands here. */
export const secretsSchema = z.object({
  configured: z.boolean().describe("Whether KHOTAN_SECRET is set."),
  keys: z.array(secretKeySchema).describe("The current one first."),
  outdated: z.number().int().describe("Records that are not sealed with the current key."),
  job: jobSchema.nullable().describe("The latest re-encryption."),
});
export type SecretsRecord = z.infer<typeof secretsSchema>;
