/** Thrown by a handler to say that trying again cannot help: the delivery is buried at once. */
export class PermanentError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly retryable = false;

  /** @example throw new PermanentError("Slack has no channel #billing.", { code: "slack.channel_not_found" }) */
  constructor(message: string, options: { code?: string; hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PermanentError";
    this.code = options.code ?? "permanent";
    this.hint = options.hint;
  }
}

/** Thrown by a handler to be tried again after a given time instead of the schedule's. Counts as an attempt. */
export class RetryLaterError extends Error {
  readonly code: string;
  readonly retryAfterMs: number;

  /** @example throw new RetryLaterError("The export is not ready.", { afterMs: 30_000 }) */
  constructor(message: string, options: { afterMs: number; code?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "RetryLaterError";
    this.code = options.code ?? "retry_later";
    this.retryAfterMs = options.afterMs;
  }
}

/** What a handler returns to say that there was nothing to do; the delivery becomes `skipped`. */
export interface Skip {
  readonly skipped: true;
  readonly reason: string;
}

/** @example if (!event.livemode) return skip("test mode"); */
export const skip = (reason: string): Skip => ({ skipped: true, reason });

export const isSkip = (value: unknown): value is Skip =>
  typeof value === "object" && value !== null && "skipped" in value && value.skipped === true && "reason" in value;
