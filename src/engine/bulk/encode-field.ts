import { elementText } from "./array-types.ts";
import type { EnumCoercion } from "./coerce-enum.ts";
import type { BulkColumn } from "./describe-table.ts";

/** After `stringify` valid pairs are real characters, so what is still escaped is NUL or half a pair. */
const UNSTORABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/** No value, as `encodeField` gives it. */
export const NO_VALUE = "NULL";

/**
 * A field's value as an element of an array's text; one that is not given is made, where the column says how.
 *
 * @throws TypeError saying what is wrong with it
 */
export function encodeField(column: BulkColumn, given: unknown, coercion: EnumCoercion | undefined): string {
  if (column.generated) throw new TypeError("Postgres makes this value itself; leave it out.");
  const value = given === undefined ? (column.makeDefault ?? column.makeUpdate)?.() : given;
  const encoded = column.encode(value ?? null, coercion);
  if (encoded === null || encoded === undefined) return NO_VALUE;
  if (!column.json) {
    if (typeof encoded === "number" || typeof encoded === "boolean") return String(encoded);
    if (typeof encoded === "string") {
      if (encoded.includes("\u0000") || !encoded.isWellFormed()) throw new TypeError(CANNOT_BE_STORED);
      return elementText(encoded);
    }
  }
  const text = JSON.stringify(encoded);
  if (text === undefined) return NO_VALUE;
  if (text.includes("\\u") && UNSTORABLE.test(text)) throw new TypeError(CANNOT_BE_STORED);
  return elementText(text);
}

const CANNOT_BE_STORED = "NUL characters and half characters (lone surrogates) cannot be stored.";
