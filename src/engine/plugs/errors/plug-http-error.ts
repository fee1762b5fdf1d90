import { PlugError, type PlugErrorDetails } from "./plug-error.ts";

/**
 * The other side answered, and the answer is an error: a status of 400 or more, or an answer that the plug's
 * `shouldRetry` or `afterResponse` calls one.
 *
 * @example
 * try { await plug.get("/invoices/in_1") } catch (error) {
 *   if (error instanceof PlugHttpError && error.status === 404) return null;
 *   throw error;
 * }
 */
export class PlugHttpError extends PlugError {
  static override readonly brand = "PlugHttpError";

  readonly status: number;
  /** Header names are lower-case; `set-cookie` is left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed answer, at most 64 KB of it, with the connection's secrets replaced by `[redacted]`. */
  readonly body: unknown;
  /** How long the other side asked to wait, in milliseconds; `null` when it did not say. */
  readonly retryAfterMs: number | null;

  constructor(
    details: PlugErrorDetails & {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
      readonly retryAfterMs: number | null;
    },
  ) {
    super("PlugHttpError", details);
    this.status = details.status;
    this.headers = details.headers;
    this.body = details.body;
    this.retryAfterMs = details.retryAfterMs;
  }
}
