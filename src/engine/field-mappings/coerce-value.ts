import type { FieldRule } from "../../contract/index.ts";
import { coerceEnum } from "../bulk/coerce-enum.ts";

/** Says what is wrong with a value, in one sentence. */
export class CoercionError extends Error {}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/**
 * Turn a value into a rule's type. An empty text is no value, except for text.
 *
 * @returns `undefined` for no value.
 * @throws CoercionError
 */
export function coerceValue(rule: Pick<FieldRule, "type" | "values">, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  const { type } = rule;
  if (type === undefined) return value;
  if (type === "json") return json(value);
  if (type === "string") return text(value);
  if (typeof value === "string" && value.trim() === "") return undefined;
  switch (type) {
    case "number":
      return number(value);
    case "integer":
      return integer(value);
    case "boolean":
      return boolean(value);
    case "date":
      return date(value);
    case "datetime":
      return time(value).toISOString();
    case "enum":
      return oneOf(value, rule.values ?? []);
  }
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return time(value).toISOString();
  throw new CoercionError(`${shown(value)} is not a text.`);
}

function number(value: unknown): number {
  const found = typeof value === "string" ? Number(value) : value;
  if (typeof found === "number" && Number.isFinite(found)) return found;
  throw new CoercionError(`${shown(value)} is not a number.`);
}

function integer(value: unknown): number {
  const found = number(value);
  if (Number.isSafeInteger(found)) return found;
  throw new CoercionError(
    `${shown(value)} is not a whole number${Number.isInteger(found) ? " that can be kept exactly" : ""}.`,
  );
}

const TRUE = new Set(["true", "1", "yes", "y", "on"]);
const FALSE = new Set(["false", "0", "no", "n", "off"]);

function boolean(value: unknown): boolean {
  const word = String(value).trim().toLowerCase();
  if (typeof value !== "object" && TRUE.has(word)) return true;
  if (typeof value !== "object" && FALSE.has(word)) return false;
  throw new CoercionError(`${shown(value)} is neither true nor false.`);
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day stays that day; a time is the day it is in UTC. */
function date(value: unknown): string {
  if (typeof value === "string" && DAY.test(value.trim())) {
    const day = value.trim();
    const parsed = new Date(`${day}T00:00:00Z`);
    if (!Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)) return day;
    throw new CoercionError(`${shown(value)} is not a day of the calendar.`);
  }
  return time(value).toISOString().slice(0, 10);
}

/** Below this a number counts seconds (until the year 5138), above it milliseconds (from 1973 on). */
const SECONDS_BELOW = 1e11;

function time(value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  if (typeof value === "number" || (typeof value === "string" && /^\d{9,14}$/.test(value.trim()))) {
    const count = Number(value);
    return checked(new Date(Math.abs(count) < SECONDS_BELOW ? count * 1_000 : count), value);
  }
  // Without a zone a time is somebody's, nobody knows whose: UTC, and not where the server happens to be.
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value.trim())) {
    const bare = value.trim().replace(" ", "T");
    const zoned = DAY.test(bare) || /(z|[+-]\d{2}:?\d{2})$/i.test(bare) ? bare : `${bare}Z`;
    return checked(new Date(zoned), value);
  }
  throw new CoercionError(`${shown(value)} is not a time; write ISO 8601.`);
}

function checked(found: Date, value: unknown): Date {
  if (!Number.isNaN(found.getTime())) return found;
  throw new CoercionError(`${shown(value)} is not a time.`);
}

function oneOf(value: unknown, values: NonNullable<FieldRule["values"]>): string | null {
  try {
    if (Array.isArray(values)) return coerceEnum(value, values);
    const aliases = new Map(Object.entries(values));
    return coerceEnum(value, [...new Set(aliases.values())], { aliases: Object.fromEntries(aliases) });
  } catch (error) {
    throw new CoercionError(error instanceof Error ? error.message : String(error));
  }
}

function json(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    throw new CoercionError(`${shown(value)} is not JSON.`);
  }
}
