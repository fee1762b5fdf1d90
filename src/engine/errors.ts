import { ERROR_STATUS, type ErrorCode } from "../contract/index.ts";

export interface KhotanErrorOptions {
  /** What to do next, for a person. */
  readonly hint?: string;
  /** Where exactly the mistake is. */
  readonly issues?: readonly { path: string; message: string }[];
  readonly cause?: unknown;
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  readonly retryAfterSec?: number;
}

/**
 * An error the API can answer with: a code from the contract's table, a
 * sentence, and the next step.
 *
 * @example throw new KhotanError("plug_not_found", 'There is no plug "strpe".', { hint: 'Did you mean "stripe"?' });
 */
export class KhotanError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly issues: readonly { path: string; message: string }[] | undefined;
  readonly retryAfterSec: number | undefined;

  constructor(code: ErrorCode, message: string, options: KhotanErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "KhotanError";
    this.code = code;
    this.hint = options.hint;
    this.issues = options.issues;
    this.retryAfterSec = options.retryAfterSec;
  }

  /** HTTP status of the code. */
  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** A mistake in what the app registered. Thrown at start, with the path of every mistake. */
export class KhotanConfigError extends Error {
  readonly code = "config_invalid";
  readonly issues: readonly { path: string; message: string }[];

  constructor(issues: readonly { path: string; message: string }[]) {
    super(
      `The registration has ${issues.length === 1 ? "a mistake" : `${issues.length} mistakes`}:\n${issues.map((issue) => `  ${issue.path}: ${issue.message}`).join("\n")}`,
    );
    this.name = "KhotanConfigError";
    this.issues = issues;
  }
}
