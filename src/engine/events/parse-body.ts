import { parseForm } from "./parse-form.ts";
import { parseFormInTurns } from "./parse-form-in-turns.ts";
import { parseJsonInTurns } from "./parse-json-in-turns.ts";
import type { ParsedBody } from "./parsed-body.ts";

export type { ParsedBody } from "./parsed-body.ts";

const decoder = new TextDecoder("utf-8", { fatal: false });

/**
 * Parse a body by its content type; never throws. Senders lie about content
 * types, so what looks like JSON is tried as JSON whatever they say.
 */
export function parseBody(body: Uint8Array, contentType: string | null): ParsedBody {
  if (body.byteLength === 0) return { payload: null, format: "empty" };
  const type = plainType(contentType);
  const text = decoder.decode(body);
  if (type === FORM) return parseForm(text);
  const isJson = saysJson(type);
  if (isJson || looksLikeJson(text)) {
    try {
      const payload: unknown = JSON.parse(text);
      return { payload, format: "json" };
    } catch {
      return { payload: null, format: isJson ? "unparsable" : "text" };
    }
  }
  return { payload: null, format: "text" };
}

/** Larger bodies than this are worth parsing in turns. */
const LARGE_BYTES = 256 * 1024;
const HEAD_BYTES = 256;

/**
 * The same without holding up the event loop: a large body of JSON, or a large form, is parsed piece by piece.
 *
 * @example const { payload } = await parseBodyInTurns(body, contentType);
 */
export async function parseBodyInTurns(body: Uint8Array, contentType: string | null): Promise<ParsedBody> {
  if (!isLargeBody(body)) return parseBody(body, contentType);
  const type = plainType(contentType);
  if (type === FORM) return await parseFormInTurns(body);
  const isJson = saysJson(type);
  if (!isJson && !looksLikeJson(decoder.decode(body.subarray(0, HEAD_BYTES)))) return parseBody(body, contentType);
  try {
    return { payload: await parseJsonInTurns(body), format: "json" };
  } catch {
    return { payload: null, format: isJson ? "unparsable" : "text" };
  }
}

export const isLargeBody = (body: Uint8Array): boolean => body.byteLength > LARGE_BYTES;

const FORM = "application/x-www-form-urlencoded";

const plainType = (contentType: string | null): string => contentType?.split(";")[0]?.trim().toLowerCase() ?? "";

const saysJson = (type: string): boolean =>
  type === "application/json" || type.endsWith("+json") || type === "text/json";

const looksLikeJson = (text: string): boolean => /^\s*[[{"]/.test(text) || /^\s*(null|true|false|-?\d)/.test(text);
