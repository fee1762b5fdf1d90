import type { Failure } from "../../../contract/index.ts";

/** The request an error is about, without secrets. */
export interface FailedRequest {
  readonly method: string;
  /** Secrets are replaced by `[redacted]`. */
  readonly url: string;
  readonly endpoint: string | null;
  /** 1 for the first try. */
  readonly attempt: number;
}

export interface PlugErrorDetails {
  readonly code: string;
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  /** Whether the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly plug: string | null;
  readonly request?: FailedRequest | null;
  readonly issues?: readonly { path: string; message: string }[];
  readonly cause?: unknown;
}

/**
 * What every error of a plug has in common. Catch the subclasses:
 * `PlugHttpError`, `PlugTimeoutError`, `PlugNetworkError`, `PlugSchemaError`, `PlugAuthError`, `PlugConfigError`.
 *
 * `instanceof` works across copies of this module (Next evaluates modules twice in one process).
 */
export class PlugError extends Error {
  /** Not the class's own name: a bundler may shorten that. */
  static readonly brand: string = "PlugError";

  readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;
  /** The plug's name; `null` while a plug is being defined without one. */
  readonly plug: string | null;
  readonly request: FailedRequest | null;
  readonly issues: readonly { path: string; message: string }[];

  constructor(name: string, details: PlugErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = name;
    this.code = details.code;
    this.hint = details.hint;
    this.retryable = details.retryable;
    this.plug = details.plug;
    this.request = details.request ?? null;
    this.issues = details.issues ?? [];
    Object.defineProperty(this, brandOf("PlugError"), { value: true });
    Object.defineProperty(this, brandOf(name), { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // `this` is the class on the right of instanceof; a user's own subclass keeps the ordinary rule.
    // biome-ignore-start lint/complexity/noThisInStatic: the subclass is meant, not PlugError
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    if (!Object.hasOwn(this, "brand")) return false;
    return typeof value === "object" && value !== null && brandOf(this.brand) in value;
    // biome-ignore-end lint/complexity/noThisInStatic: see above
  }

  /** The record that runs, deliveries and exchanges keep. No stack, no secret. */
  toFailure(): Failure {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint,
      retryable: this.retryable,
      ...(this.issues.length > 0 ? { issues: [...this.issues] } : {}),
    };
  }
}

const brandOf = (name: string) => Symbol.for(`khotan.${name}`);
