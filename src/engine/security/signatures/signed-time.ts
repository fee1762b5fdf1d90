import { type Refusal, signatureMalformed } from "./rejection-message.ts";

/** `s` and `ms` since the epoch, or an ISO 8601 text. */
export type TimestampUnit = "s" | "ms" | "iso";

const DIGITS = /^\d{1,15}$/;

/** Milliseconds of a signed time, or why it is none. Strict: `12e9`, ` 12` and `0x12` are no times. */
export function readSignedTime(text: string, unit: TimestampUnit, where: string): number | Refusal {
  const ms =
    unit === "iso" ? Date.parse(text) : DIGITS.test(text) ? Number(text) * (unit === "s" ? 1000 : 1) : Number.NaN;
  // 8.64e15 ms is the last moment that a Date can hold.
  if (Number.isFinite(ms) && Math.abs(ms) <= 8.64e15) return ms;
  const kind = unit === "iso" ? "an ISO 8601 time" : unit === "s" ? "a time in seconds" : "a time in milliseconds";
  return signatureMalformed(`${where} is not ${kind}.`);
}

export function writeSignedTime(now: Date | number | undefined, unit: TimestampUnit): string {
  const ms = Number(now ?? Date.now());
  if (unit === "iso") return new Date(ms).toISOString();
  return String(Math.floor(unit === "s" ? ms / 1000 : ms));
}
