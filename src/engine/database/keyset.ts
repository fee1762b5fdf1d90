import { createHash } from "node:crypto";
import { KhotanError } from "../errors.ts";
import { uuidFromHex } from "./uuid-from-hex.ts";

/** A page of a list, as every list answers it. */
export interface Page<T> {
  readonly items: T[];
  readonly page: { readonly next: string | null; readonly limit: number };
}

const ID_BYTES = 16;
const CHECK_BYTES = 4;

/** The check binds a cursor to its list, so that one of another list, or one cut short, is refused and not guessed at. */
const checkOf = (list: string, id: Uint8Array): Buffer =>
  createHash("sha256").update(`khotan cursor ${list} `).update(id).digest().subarray(0, CHECK_BYTES);

/**
 * Turn the last id of a page into the opaque text that asks for the next one.
 *
 * @example encodeCursor("events", "0197f3c2-…") // "AZfzwg…"
 */
export function encodeCursor(list: string, uuid: string): string {
  const id = Buffer.from(uuid.replaceAll("-", ""), "hex");
  return Buffer.concat([id, checkOf(list, id)]).toString("base64url");
}

/** The id to go on after. @throws KhotanError `invalid_cursor` for anything that `encodeCursor` did not make for this list. */
export function decodeCursor(list: string, cursor: string): string {
  const bytes = Buffer.from(cursor, "base64url");
  const id = bytes.subarray(0, ID_BYTES);
  const whole = bytes.length === ID_BYTES + CHECK_BYTES && bytes.toString("base64url") === cursor;
  if (!whole || !checkOf(list, id).equals(bytes.subarray(ID_BYTES))) {
    throw new KhotanError("invalid_cursor", `This is not a cursor of the list "${list}".`, {
      hint: "Give back `page.next` of the answer before, unchanged; leave `cursor` out for the first page.",
    });
  }
  return uuidFromHex(id.toString("hex"));
}

/**
 * Make a page of rows that were read newest first, one more than the page holds:
 * the one too many says that there is a next page.
 */
export function toPage<Row extends { readonly id: string }, T>(
  list: string,
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? encodeCursor(list, last.id) : null;
  return { items: shown.map(toItem), page: { next, limit } };
}
