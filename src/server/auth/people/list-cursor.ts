import { KhotanError } from "../../../engine/errors.ts";

/** Where a list of people or keys goes on: the sort key of its last row, spelled so that nobody edits it. */
export const encodeAfter = (...parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString("base64url");

/** @throws KhotanError `invalid_cursor` */
export const decodeAfter = (cursor: string, length: number): readonly string[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => typeof part === "string"))
      return parts;
  } catch {
    // Told below.
  }
  throw new KhotanError("invalid_cursor", "This is not a cursor of this list.", {
    hint: "Give back `page.next` of the answer before, unchanged; leave `cursor` out for the first page.",
  });
};
