import { isAscii } from "node:buffer";
import { addField, type FormFields, JSON_FIELD } from "./parse-form.ts";
import { parseJsonWith } from "./parse-json-in-turns.ts";
import type { ParsedBody } from "./parsed-body.ts";
import { setOwn } from "./set-own.ts";
import { type Rest, takeTurns } from "./take-turns.ts";

/** What is taken apart at once. */
const PIECE_BYTES = 32 * 1024;
const REST_EVERY_FIELDS = 1_000;

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const QUESTION_MARK = 0x3f;
const MARK_OF_ORDER = [0xef, 0xbb, 0xbf] as const;

/** A mark of the byte order counts at the begin of a body alone, where it is left out by hand. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * `parseForm` for large forms, which holds up nobody: 5 MiB of escaped JSON in the field `payload` take a hundred milliseconds
 * at once.
 *
 * @param pieceBytes fields up to this size are read at once, with their neighbours; default 32 KiB
 */
export const parseFormInTurns = (body: Uint8Array, pieceBytes = PIECE_BYTES): Promise<ParsedBody> =>
  takeTurns(async (rest) => {
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const fields: FormFields = new Map();
    let count = 0;
    let large: Buffer | null = null;
    for (let from = beginOf(bytes); from < bytes.length; ) {
      await rest();
      const { to, isLarge } = nextPart(bytes, from, pieceBytes);
      const equals = isLarge ? bytes.subarray(from, to).indexOf(EQUALS) : -1;
      const value = equals < 0 ? null : bytes.subarray(from + equals + 1, to);
      // Of what is not ASCII, and by that not as it should be, the text is read first.
      if (value && isAscii(value)) {
        large = await unescaped(value, rest);
        const [[name] = [""]] = pairsOf(bytes.subarray(from, from + equals + 1));
        addField(fields, name, decoder.decode(large));
        count++;
      } else {
        for (const [name, text] of pairsOf(bytes.subarray(from, to))) {
          addField(fields, name, text);
          count++;
        }
      }
      from = to + 1;
    }
    const only = count === 1 ? fields.get(JSON_FIELD) : undefined;
    if (typeof only === "string") return await parsePayload(only, large, rest);
    return { payload: await objectOf(fields, rest), format: "form" };
  });

async function parsePayload(text: string, decoded: Buffer | null, rest: Rest): Promise<ParsedBody> {
  try {
    if (text.startsWith("\ufeff")) throw new SyntaxError("A mark of the byte order is no JSON.");
    return { payload: await parseJsonWith(rest, decoded ?? Buffer.from(text)), format: "json" };
  } catch {
    return { payload: { [JSON_FIELD]: text }, format: "form" };
  }
}

async function objectOf(fields: FormFields, rest: Rest): Promise<object> {
  const object = {};
  let count = 0;
  for (const [name, value] of fields) {
    setOwn(object, name, value);
    if (++count % REST_EVERY_FIELDS === 0) await rest();
  }
  return object;
}

/** Behind what a form may begin with and does not count. */
function beginOf(bytes: Buffer): number {
  const from = MARK_OF_ORDER.every((byte, at) => bytes[at] === byte) ? MARK_OF_ORDER.length : 0;
  return bytes[from] === QUESTION_MARK ? from + 1 : from;
}

/** As many whole fields as fit into a piece, or one that does not. */
function nextPart(bytes: Buffer, from: number, pieceBytes: number): { readonly to: number; readonly isLarge: boolean } {
  if (bytes.length - from <= pieceBytes) return { to: bytes.length, isLarge: false };
  const last = bytes.subarray(from, from + pieceBytes).lastIndexOf(AMPERSAND);
  if (last >= 0) return { to: from + last, isLarge: false };
  const end = bytes.indexOf(AMPERSAND, from);
  return { to: end < 0 ? bytes.length : end, isLarge: true };
}

/** The first `?` of what is given to `URLSearchParams` would not count. */
const pairsOf = (part: Buffer): URLSearchParams => new URLSearchParams(`&${decoder.decode(part)}`);

async function unescaped(value: Buffer, rest: Rest): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(value.length);
  let to = 0;
  let restAt = PIECE_BYTES;
  for (let at = 0; at < value.length; at++) {
    const byte = value[at] ?? 0;
    const high = byte === PERCENT ? hexDigit(value[at + 1]) : -1;
    const low = high < 0 ? -1 : hexDigit(value[at + 2]);
    if (low >= 0) {
      bytes[to++] = high * 16 + low;
      at += 2;
    } else bytes[to++] = byte === PLUS ? SPACE : byte;
    if (at < restAt) continue;
    restAt = at + PIECE_BYTES;
    await rest();
  }
  return bytes.subarray(0, to);
}

/** What it stands for; -1 when it is none. */
function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}
