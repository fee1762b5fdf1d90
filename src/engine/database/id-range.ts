import { decodeId, ID_PREFIXES, type IdKind } from "../../contract/index.ts";
import { uuidFromHex } from "./uuid-from-hex.ts";

/** Ids from `low` to `high`, both included. */
export interface IdRange {
  readonly low: string;
  readonly high: string;
}

/**
 * Ids carry the time they were made at, so a range of time is a range of ids,
 * which every list is ordered by anyway. The clock that made an id and the one
 * that wrote the time beside it may differ a little: the range is that much
 * wider, and the exact time is compared as well.
 */
const SLACK_MS = 2 * 60_000;

/** @example idsWithin({ since: "2026-01-01T00:00:00Z" }).low // "019b7…-0000-0000-0000-000000000000" */
export function idsWithin(
  time: { since?: string | undefined; until?: string | undefined },
  slackMs = SLACK_MS,
): Partial<IdRange> {
  return {
    ...(time.since === undefined ? {} : { low: uuidAt(Date.parse(time.since) - slackMs, "0") }),
    ...(time.until === undefined ? {} : { high: uuidAt(Date.parse(time.until) + slackMs, "f") }),
  };
}

function uuidAt(ms: number, fill: "0" | "f"): string {
  const clamped = Math.min(Math.max(0, Math.floor(ms)), 2 ** 48 - 1);
  return uuidFromHex(clamped.toString(16).padStart(12, "0") + fill.repeat(20));
}

/**
 * The ids that begin like this text; `null` when no id of the kind does.
 *
 * @example idsStartingWith("event", "evt_01jx") // every event of some hours
 */
export function idsStartingWith(kind: IdKind, text: string): IdRange | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  const rest = text.toLowerCase().slice(prefix.length);
  if (!text.toLowerCase().startsWith(prefix) || rest === "" || rest.length > 26) return null;
  const low = decodeId(kind, prefix + rest.padEnd(26, "0"));
  // The first of 26 letters carries three bits only, so it ends at 7.
  const high = decodeId(kind, prefix + rest.padEnd(26, "z"));
  return low && high ? { low, high } : null;
}

/** The end of an id: `bits` of it, as a number in decimal. */
export interface IdTail {
  readonly mask: string;
  readonly value: string;
}

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * What an id must end with to end in this text. Tables show the last letters of
 * ids only, so that is what people paste into a search field.
 *
 * @returns `null` when the text is no end of an id of 4 to 12 letters.
 */
export function idEndingIn(kind: IdKind, text: string): IdTail | null {
  const prefix = `${ID_PREFIXES[kind]}_`;
  const lower = text.toLowerCase();
  const letters = lower.startsWith(prefix) ? lower.slice(prefix.length) : lower;
  if (letters.length < 4 || letters.length > 12) return null;
  let value = 0n;
  for (const letter of letters) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return null;
    value = (value << 5n) | BigInt(digit);
  }
  return { mask: String((1n << BigInt(5 * letters.length)) - 1n), value: String(value) };
}
