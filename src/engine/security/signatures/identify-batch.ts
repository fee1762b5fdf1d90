import { createHash } from "node:crypto";
import type { EventIdentity } from "./signature-scheme.ts";

/** The type of a request that carries events of several types. */
const MIXED_BATCH = "batch";

/**
 * Identity of a request that carries a list of events: their common type (else
 * `batch`), and an id that only depends on the ids within, so that a retry that
 * counts its attempts in the body is still recognised.
 */
export function identifyBatch(
  payload: unknown,
  typeOf: (item: unknown) => string | undefined,
  idOf: (item: unknown) => string | undefined,
): EventIdentity {
  const items: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
  const types = new Set(items.map(typeOf));
  const ids = items.map(idOf);
  const [type] = types;
  return { type: types.size > 1 ? MIXED_BATCH : type, id: commonId(ids) };
}

function commonId(ids: readonly (string | undefined)[]): string | undefined {
  if (ids.length === 0 || ids.includes(undefined)) return undefined;
  if (ids.length === 1) return ids[0];
  return `batch_${createHash("sha256").update(JSON.stringify(ids)).digest("hex")}`;
}
