import { isLargeBody } from "../../events/parse-body.ts";
import { parseJsonInTurns } from "../../events/parse-json-in-turns.ts";

/** How the caller wants the body. `auto` goes by the content type: JSON is parsed, texts are texts, the rest are bytes. */
export type BodyKind = "auto" | "json" | "text" | "bytes" | "stream";

/** The body says it is JSON, or was asked for as JSON, and is not. Holds no piece of the body. */
export class NotJson extends Error {
  constructor() {
    super("the body is not JSON");
  }
}

export const JSON_TYPE = /^application\/(?:[^;\s]+\+)?json\b|^text\/json\b/i;
export const TEXT_TYPE = /^text\/|^application\/(?:[^;\s]+\+)?(?:xml|yaml|x-www-form-urlencoded|javascript|graphql)\b/i;

/**
 * Parse a collected body. An empty body is `undefined`, except as `text` or `bytes`.
 *
 * @throws NotJson
 */
export function decodeBody(body: Buffer, contentType: string | undefined, kind: BodyKind): unknown {
  if (kind === "bytes") return new Uint8Array(body);
  if (kind === "text") return text(body, contentType);
  if (body.length === 0) return undefined;
  if (kind === "json" || (contentType !== undefined && JSON_TYPE.test(contentType))) return json(body, contentType);
  if (contentType === undefined) return text(body, contentType);
  return TEXT_TYPE.test(contentType) ? text(body, contentType) : new Uint8Array(body);
}

/** The same without holding up the event loop: JSON of some megabytes is parsed piece by piece. @throws NotJson */
export async function decodeBodyInTurns(body: Buffer, type: string | undefined, kind: BodyKind): Promise<unknown> {
  const isJson = kind === "json" || (kind === "auto" && type !== undefined && JSON_TYPE.test(type));
  if (!isJson || !isLargeBody(body) || !isUtf8(type)) return decodeBody(body, type, kind);
  try {
    return await parseJsonInTurns(body);
  } catch {
    throw new NotJson();
  }
}

function json(body: Buffer, contentType: string | undefined): unknown {
  try {
    return JSON.parse(text(body, contentType));
  } catch {
    throw new NotJson(); // the parser's own message quotes the body
  }
}

function text(body: Buffer, contentType: string | undefined): string {
  const charset = charsetIn(contentType);
  if (charset !== undefined && !isUtf8(contentType)) {
    try {
      return new TextDecoder(charset).decode(body);
    } catch {
      // an unknown charset: UTF-8 is the best guess
    }
  }
  const start = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0; // a byte order mark is no JSON
  return body.toString("utf8", start);
}

const charsetIn = (contentType = ""): string | undefined =>
  /charset="?([^";\s]+)/i.exec(contentType)?.[1]?.toLowerCase();

const isUtf8 = (contentType: string | undefined): boolean => /^utf-?8$/.test(charsetIn(contentType) ?? "utf8");
