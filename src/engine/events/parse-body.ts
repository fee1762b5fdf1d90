import { parseJsonInTurns } from "./parse-json-in-turns.ts";

/** What could be made of a body. `json: false` means the payload is not JSON or a form, and stays `null`. */
export interface ParsedBody {
  readonly payload: unknown;
  readonly format: "json" | "form" | "text" | "empty" | "unparsable";
}

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
 * The same without holding up the event loop: a large JSON body is parsed piece by piece.
 *
 * @example const parsed = isLargeBody(body) ? await parseBodyInTurns(body, type) : parseBody(body, type);
 */
export async function parseBodyInTurns(body: Uint8Array, contentType: string | null): Promise<ParsedBody> {
  const type = plainType(contentType);
  const isJson = saysJson(type);
  if (type === FORM || (!isJson && !looksLikeJson(decoder.decode(body.subarray(0, HEAD_BYTES)))))
    return parseBody(body, contentType);
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

/** A form as an object; several values of one name as a list. GitHub and Slack put JSON into the field `payload`. */
function parseForm(text: string): ParsedBody {
  const form = new URLSearchParams(text);
  const wrapped = form.get("payload");
  if (wrapped !== null && [...form.keys()].length === 1) {
    try {
      const payload: unknown = JSON.parse(wrapped);
      return { payload, format: "json" };
    } catch {
      return { payload: { payload: wrapped }, format: "form" };
    }
  }
  const fields = new Map<string, string | string[]>();
  for (const key of new Set(form.keys())) {
    const values = form.getAll(key);
    fields.set(key, values.length === 1 ? (values[0] ?? "") : values);
  }
  return { payload: Object.fromEntries(fields), format: "form" };
}
