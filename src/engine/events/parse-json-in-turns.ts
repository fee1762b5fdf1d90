import { setOwn } from "./set-own.ts";
import { type Rest, takeTurns } from "./take-turns.ts";

/** What is parsed at once; V8 takes a few milliseconds for it. */
const PIECE_BYTES = 256 * 1024;
/** How deep large values are taken apart: each level reads its part once more. */
const MAX_LEVELS = 12;
const LOOK_EVERY_BYTES = 64 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const CLOSING: ReadonlyMap<number | undefined, number> = new Map([
  [0x5b, 0x5d],
  [0x7b, 0x7d],
]);
const ARRAY = 0x5b;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

interface Work {
  readonly bytes: Buffer;
  readonly pieceBytes: number;
  readonly rest: Rest;
}

/**
 * `JSON.parse` for large texts, which holds up nobody: what 5 MiB of JSON take at once, 50 ms and more, everything else of
 * the process would wait for. Large lists and objects are taken apart at their commas, and their parts parsed by V8 with
 * turns of the event loop in between; of several texts one at a time.
 *
 * @param pieceBytes parts up to this size are parsed at once; default 256 KiB
 * @returns what `JSON.parse` makes of the text.
 * @throws SyntaxError where `JSON.parse` does, in other words.
 */
export const parseJsonInTurns = (text: Uint8Array, pieceBytes = PIECE_BYTES): Promise<unknown> =>
  takeTurns((rest) => parseJsonWith(rest, text, pieceBytes));

/** The same of text, such as a column's; what is not large is parsed at once. @throws SyntaxError */
export const parseTextInTurns = async (text: string): Promise<unknown> =>
  text.length > PIECE_BYTES ? await parseJsonInTurns(Buffer.from(text)) : JSON.parse(text);

/** The same for somebody whose turn it is. */
export async function parseJsonWith(rest: Rest, text: Uint8Array, pieceBytes = PIECE_BYTES): Promise<unknown> {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
  const from = bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0xefbbbf ? 3 : 0;
  return await parseSpan({ bytes, pieceBytes, rest }, from, bytes.length, MAX_LEVELS);
}

async function parseSpan(work: Work, from: number, to: number, levels: number): Promise<unknown> {
  const { bytes, pieceBytes, rest } = work;
  const [first, end] = trim(bytes, from, to);
  const closing = CLOSING.get(bytes[first]);
  if (end - first <= pieceBytes || levels === 0 || closing === undefined) {
    await rest();
    return parseNow(bytes, first, end);
  }
  if (bytes[end - 1] !== closing) throw new SyntaxError("What is opened is not closed.");
  const isArray = bytes[first] === ARRAY;
  const [inner, innerEnd] = trim(bytes, first + 1, end - 1);
  if (inner === innerEnd) return isArray ? [] : {};
  return await (isArray ? parseArray : parseObject)(work, first + 1, end - 1, levels - 1);
}

async function parseArray(work: Work, from: number, to: number, levels: number): Promise<unknown> {
  const list: unknown[] = [];
  for await (const part of partsOf(work, from, to)) {
    if (part.isLarge) list.push(await parseSpan(work, part.from, part.to, levels));
    else for (const item of itemsOf(parseNow(work.bytes, part.from, part.to, "[]"))) list.push(item);
  }
  return list;
}

async function parseObject(work: Work, from: number, to: number, levels: number): Promise<unknown> {
  const object = {};
  for await (const part of partsOf(work, from, to)) {
    if (part.isLarge) {
      const [start] = trim(work.bytes, part.from, part.to);
      if (work.bytes[start] !== QUOTE) throw new SyntaxError("A name is missing.");
      const nameEnd = endOfString(work.bytes, start, part.to);
      const [colon] = trim(work.bytes, nameEnd, part.to);
      if (work.bytes[colon] !== COLON) throw new SyntaxError("A colon is missing.");
      const name = String(parseNow(work.bytes, start, nameEnd));
      setOwn(object, name, await parseSpan(work, colon + 1, part.to, levels));
    } else {
      const members = parseNow(work.bytes, part.from, part.to, "{}");
      for (const [name, value] of Object.entries(members ?? {})) setOwn(object, name, value);
    }
  }
  return object;
}

interface Part {
  readonly from: number;
  readonly to: number;
  /** A single member too large to be parsed at once; otherwise it is several. */
  readonly isLarge: boolean;
}

/** The members between two brackets, as many together as may be parsed at once. */
async function* partsOf(work: Work, from: number, to: number): AsyncGenerator<Part> {
  const { bytes, pieceBytes, rest } = work;
  let partFrom = from;
  let memberFrom = from;
  let lookAt = from + LOOK_EVERY_BYTES;
  let depth = 0;
  for (let at = from; at <= to; at++) {
    const byte = at === to ? COMMA : bytes[at];
    if (byte === QUOTE) at = endOfString(bytes, at, to) - 1;
    // `[` and `{` differ in one bit, and so do `]` and `}`.
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    else if (byte === COMMA && depth === 0) {
      const isLarge = at - memberFrom > pieceBytes;
      if (isLarge && memberFrom > partFrom) yield { from: partFrom, to: memberFrom - 1, isLarge: false };
      if (isLarge) yield { from: memberFrom, to: at, isLarge };
      else if (at - partFrom > pieceBytes / 2 || at === to) yield { from: partFrom, to: at, isLarge };
      if (isLarge || at - partFrom > pieceBytes / 2) partFrom = at + 1;
      memberFrom = at + 1;
    }
    if (depth < 0) throw new SyntaxError("More is closed than was opened.");
    if (at < lookAt) continue;
    lookAt = at + LOOK_EVERY_BYTES;
    await rest();
  }
  if (depth > 0) throw new SyntaxError("What is opened is not closed.");
}

/** Behind its closing quote. Byte by byte: JSON inside a string has an escaped quote every few bytes. */
function endOfString(bytes: Buffer, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const byte = bytes[at];
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at + 1;
  }
  throw new SyntaxError("A string does not end.");
}

function trim(bytes: Buffer, from: number, to: number): [number, number] {
  let first = from;
  let end = to;
  while (first < end && isBlank(bytes[first])) first++;
  while (end > first && isBlank(bytes[end - 1])) end--;
  return [first, end];
}

const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** @param around put around it: of several members, of which there is at least one. */
function parseNow(bytes: Buffer, from: number, to: number, around = ""): unknown {
  const text = decoder.decode(bytes.subarray(from, to));
  if (around === "") return JSON.parse(text);
  const [first, end] = trim(bytes, from, to);
  if (first === end) throw new SyntaxError("Between two commas is nothing.");
  return JSON.parse(`${around[0]}${text}${around[1]}`);
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
