/**
 * Ids are UUID v7 in the database and `prefix_` + 26 characters of lower-case
 * Crockford base32 on the wire, so that both sort by time.
 * Sources: RFC 9562 §5.7 (UUID v7), https://www.crockford.com/base32.html
 */
export const ID_PREFIXES = {
  plug: "plg",
  connection: "con",
  wire: "wir",
  gap: "gap",
  event: "evt",
  handler: "hdl",
  delivery: "dlv",
  flow: "flw",
  run: "run",
  exchange: "exc",
  resource: "res",
  mapping: "map",
  rejection: "rej",
  audit: "aud",
  schedule: "sch",
  process: "prc",
  savedRequest: "sav",
  alertRule: "alr",
  alertChannel: "alc",
  alertIncident: "inc",
  alertNotification: "ntf",
  job: "job",
  mappingChange: "mch",
  fieldMapping: "fmv",
  cacheEntry: "cen",
  conflict: "cfl",
  drift: "drf",
  user: "usr",
  apiKey: "key",
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const VALUE_OF = new Map([...ALPHABET].map((letter, value) => [letter, BigInt(value)]));
const MAX_UUID = (1n << 128n) - 1n;

/**
 * Turn a database UUID into the id people see.
 *
 * @example encodeId("event", "0197…") // "evt_01jx…"
 * @throws TypeError when `uuid` is not a UUID.
 */
export function encodeId(kind: IdKind, uuid: string): string {
  const hex = uuid.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new TypeError(`"${uuid}" is not a UUID`);
  let text = `${ID_PREFIXES[kind]}_`;
  // 26 letters hold 130 bits, so the first one begins with two that are 0.
  let rest = 0;
  let bits = 2;
  for (let at = 0; at < 32; at++) {
    rest = (rest << 4) | nibble(hex.charCodeAt(at));
    bits += 4;
    if (bits < 5) continue;
    bits -= 5;
    text += ALPHABET[(rest >> bits) & 31];
    rest &= (1 << bits) - 1;
  }
  return text;
}

/** The value of a hex digit, `0`–`9`, `a`–`f` or `A`–`F`. */
const nibble = (code: number): number => (code < 0x40 ? code - 0x30 : (code & 0xf) + 9);

/**
 * Turn an id back into its UUID; `null` when it is not an id of that kind.
 *
 * @example decodeId("event", "run_01jx…") // null
 */
export function decodeId(kind: IdKind, id: string): string | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  if (!id.startsWith(prefix) || id.length !== prefix.length + 26) return null;
  let value = 0n;
  for (const letter of id.slice(prefix.length)) {
    const digit = VALUE_OF.get(letter);
    if (digit === undefined) return null;
    value = (value << 5n) | digit;
  }
  if (value > MAX_UUID) return null;
  const hex = value.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The kind an id claims to be by its prefix, or `null`. */
export function kindOfId(id: string): IdKind | null {
  const prefix = id.slice(0, id.indexOf("_"));
  for (const kind of Object.keys(ID_PREFIXES)) {
    if (isIdKind(kind) && ID_PREFIXES[kind] === prefix) return kind;
  }
  return null;
}

function isIdKind(value: string): value is IdKind {
  return value in ID_PREFIXES;
}

let lastMs = 0;
let sequence = 0;

/** Each byte as two hex digits. */
const HEX = Array.from({ length: 256 }, (_each, byte) => byte.toString(16).padStart(2, "0"));

const RANDOM_BYTES = 10;
let pool = new Uint8Array();
let used = 0;

/** Fetched for 256 ids at once: a fetch costs several times as much as the rest of an id. */
function randomBytes(): Uint8Array {
  if (used + RANDOM_BYTES > pool.byteLength) {
    pool = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES * 256));
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.subarray(used - RANDOM_BYTES, used);
}

/**
 * A new UUID v7. Within one process, ids made in the same millisecond still
 * sort in the order they were made (RFC 9562 §6.2, method 1: a 12-bit counter).
 *
 * @param now milliseconds since the epoch; defaults to the clock.
 */
export function newUuid(now: number = Date.now()): string {
  const bytes = randomBytes();
  if (now > lastMs) {
    lastMs = now;
    sequence = ((bytes[0] ?? 0) << 3) | ((bytes[1] ?? 0) & 7); // start low, leave room to count up
  } else {
    sequence++;
    if (sequence > 0xfff) {
      lastMs++; // the counter is full: borrow the next millisecond
      sequence = 0;
    }
  }
  const time = lastMs.toString(16).padStart(12, "0");
  const counter = (0x7000 | sequence).toString(16);
  const hex = (at: number) => HEX[bytes[at] ?? 0] ?? "";
  const variant = HEX[0x80 | ((bytes[2] ?? 0) & 0x3f)] ?? "";
  const tail = hex(4) + hex(5) + hex(6) + hex(7) + hex(8) + hex(9);
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${variant}${hex(3)}-${tail}`;
}
