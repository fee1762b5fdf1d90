import { createHash } from "node:crypto";
import type { Wire } from "../wires/wire.ts";
import type { ParsedBody } from "./parse-body.ts";
import { storableText } from "./storable-json.ts";

export interface IdentifiedEvent {
  readonly type: string;
  readonly dedupeKey: string;
}

const HOUR_MS = 3_600_000;
const MAX_LENGTH = 200;

/**
 * Find an event's type and the key that recognises a repeat: the provider's id,
 * or else a digest of the body within the UTC hour, so that the same body an
 * hour later counts as new.
 */
export function identifyEvent(
  wire: Partial<Pick<Wire, "identify" | "verify">>,
  headers: Readonly<Record<string, string>>,
  parsed: ParsedBody,
  body: Uint8Array,
  now: number,
): IdentifiedEvent {
  const identity = wire.identify?.(headers, parsed.payload) ?? wire.verify?.identify(headers, parsed.payload) ?? {};
  const type =
    parsed.format === "unparsable"
      ? "unparsable"
      : (identity.type ?? fieldOf(parsed.payload, ["type", "event", "event_type", "topic"]));
  const id = identity.id ?? fieldOf(parsed.payload, ["id", "event_id", "eventId"]);
  return {
    type: storableText(type ?? (parsed.format === "empty" ? "empty" : "unknown"), MAX_LENGTH) || "unknown",
    dedupeKey: id ? shorten(id) : digestKey(body, now),
  };
}

function fieldOf(payload: unknown, names: readonly string[]): string | undefined {
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return undefined;
  const fields = new Map(Object.entries(payload));
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === "string" && value !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

/** Two long ids that begin alike must not become one, so a long id is replaced by its digest. */
function shorten(id: string): string {
  const safe = storableText(id, id.length);
  return safe.length <= MAX_LENGTH && safe !== "" && safe === id
    ? safe
    : `sha256:${createHash("sha256").update(id).digest("hex")}`;
}

function digestKey(body: Uint8Array, now: number): string {
  const hour = new Date(Math.floor(now / HOUR_MS) * HOUR_MS).toISOString().slice(0, 13);
  return `sha256:${createHash("sha256").update(body).digest("hex")}@${hour}`;
}
