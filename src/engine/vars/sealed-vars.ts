import { z } from "zod";
import { KhotanError } from "../errors.ts";
import type { VarRecord } from "../plugs/index.ts";
import {
  type Envelope,
  type SecretBox,
  SecretBoxTamperedError,
  SecretKeyMissingError,
} from "../security/secret-box.ts";

const recordSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The row's identity, bound into its envelope, so that nobody can move one tenant's secrets to another. */
export const varsIdentity = (table: "connection" | "wire", plug: string, tenant: string): string =>
  `${table}:${plug}:${tenant}`;

export function sealVars(box: SecretBox, values: VarRecord, identity: string): Envelope {
  return box.seal(JSON.stringify(values), identity);
}

/**
 * @throws KhotanError `secret_key_missing` when this process lacks the key, naming it. Callers that
 * meant to write must let it through: nothing is ever overwritten that could not be read.
 */
export function openVars(
  box: SecretBox,
  envelope: Envelope | null,
  identity: string,
): Record<string, string | number | boolean> {
  if (!envelope) return {};
  try {
    return recordSchema.parse(JSON.parse(box.open(envelope, identity)));
  } catch (error) {
    if (error instanceof SecretKeyMissingError) {
      throw new KhotanError(
        "secret_key_missing",
        `These variables were encrypted with key ${envelope.keyId}, which this process lacks.`,
        {
          hint: "Set KHOTAN_SECRET_PREVIOUS to the secret they were written with. Nothing was overwritten.",
          cause: error,
        },
      );
    }
    if (error instanceof SecretBoxTamperedError) {
      throw new KhotanError(
        "secret_key_missing",
        "These variables cannot be opened: they were changed, or belong to another row.",
        {
          hint: "Restore the row from a backup, or clear the variables and set them again. Nothing was overwritten.",
          cause: error,
        },
      );
    }
    throw error;
  }
}
