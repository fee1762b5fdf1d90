/*
 * Workflow recognises its errors by name, since they travel between realms; so
 * the engine need not load the whole of `workflow` to throw them.
 */

/** Ends the Workflow run at once. */
export class StepFatalError extends Error {
  readonly code: string;
  readonly fatal = true;

  constructor(code: string, message: string) {
    super(message);
    this.name = "FatalError";
    this.code = code;
  }
}

/** Makes Workflow try the step again at a given time. Counts as one of its four tries. */
export class StepRetryError extends Error {
  readonly retryAfter: Date;

  constructor(message: string, options: { readonly retryAfter: Date; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "RetryableError";
    this.retryAfter = options.retryAfter;
  }
}
