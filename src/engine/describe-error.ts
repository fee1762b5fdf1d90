/**
 * An error in one line, fit for a log. Drizzle puts the whole statement with its
 * parameters into the message, so payloads and secrets would land there; the
 * database's own words are in the cause.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 500);
  if (isQueryError(error)) return error.cause === undefined ? "A query failed." : describeError(error.cause);
  const own = error.message || error.name;
  const cause = error.cause === undefined ? "" : describeError(error.cause);
  return (cause === "" || own.includes(cause) ? own : `${own}: ${cause}`).slice(0, 2_000);
}

/** Drizzle's wrapper around what the driver threw. */
export const isQueryError = (error: Error): boolean => "query" in error && "params" in error;
