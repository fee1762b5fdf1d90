import { z } from "zod";
import type { VarRecord } from "../plugs/index.ts";
import type { Envelope, SecretBox } from "../security/secret-box.ts";

const recordSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The row's identity, bound into its envelope, so that nobody can move one tenant's secrets to another. */
export const varsIdentity = (table: "connection" | "wire", plug: string, tenant: string): string =>
  `${table}:${plug}:${tenant}`;

export function sealVars(box: SecretBox, values: VarRecord, identity: string): Envelope {
  return box.seal(JSON.stringify(values), identity);
}

/**
 * @throws KhotanError `secret_key_missing` when this process lacks the key, naming it; `secret_tampered`.
 * Callers that meant to write must let it through: nothing is ever overwritten that could not be read.
 */
export function openVars(
  box: SecretBox,
  envelope: Envelope | null,
  identity: string,
): Record<string, string | number | boolean> {
  return envelope ? recordSchema.parse(JSON.parse(box.open(envelope, identity))) : {};
}
