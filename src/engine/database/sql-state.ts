/** The SQLSTATE of a Postgres error, however deep drivers and Drizzle wrapped it; `null` for anything else. */
export function sqlState(error: unknown): string | null {
  for (
    let current: unknown = error, depth = 0;
    current instanceof Error && depth < 6;
    current = current.cause, depth++
  ) {
    if ("code" in current && typeof current.code === "string" && /^[0-9A-Z]{5}$/.test(current.code))
      return current.code;
  }
  return null;
}

/** The data was at fault, not the connection: classes 22 (data), 23 (constraint), 42 (type), 54 (limits). */
export const isDataError = (error: unknown): boolean => /^(22|23|42|54)/.test(sqlState(error) ?? "");

const CONNECTION_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
]);

/** node-postgres gives these no code. */
const CONNECTION_MESSAGE = /^Connection terminated|^Client (has encountered a connection error|was closed)/;

/** The database could not be reached, or is starting, stopping or full. Trying again later makes sense. */
export function isConnectionError(error: unknown): boolean {
  if (/^(08|53|57P)/.test(sqlState(error) ?? "")) return true;
  for (
    let current: unknown = error, depth = 0;
    current instanceof Error && depth < 6;
    current = current.cause, depth++
  ) {
    if ("code" in current && typeof current.code === "string" && CONNECTION_CODES.has(current.code)) return true;
    if (CONNECTION_MESSAGE.test(current.message)) return true;
    if (current instanceof AggregateError && current.errors.some(isConnectionError)) return true;
  }
  return false;
}
