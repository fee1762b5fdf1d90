import type { ErrorEnvelope } from "../contract/index.ts";

export interface KhotanApiErrorDetails {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly hint?: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
  readonly requestId?: string;
  /** Seconds the server asked to wait, from `Retry-After`. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/**
 * Whatever went wrong with a call. `code` is one of the contract's error codes,
 * or `unreachable` (status 0) when no answer came, or `http_<status>` when the answer was not ours.
 *
 * @example catch (error) { if (error instanceof KhotanApiError && error.code === "not_found") … }
 */
export class KhotanApiError extends Error {
  override readonly name = "KhotanApiError";
  readonly code: string;
  readonly status: number;
  readonly hint: string | undefined;
  readonly issues: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(details: KhotanApiErrorDetails) {
    super(details.message, { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.hint = details.hint;
    this.issues = details.issues ?? [];
    this.requestId = details.requestId;
    this.retryAfter = details.retryAfter;
  }
}

/** Read an answer that is not 2xx into a {@link KhotanApiError}. Never throws. */
export async function readApiError(response: Response): Promise<KhotanApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const wait = Number(response.headers.get("retry-after"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  if (!isEnvelope(body)) {
    return new KhotanApiError({
      code: `http_${response.status}`,
      message: `The server answered ${response.status} ${response.statusText}`.trimEnd(),
      status: response.status,
      requestId,
      retryAfter,
    });
  }
  return new KhotanApiError({
    ...body.error,
    status: response.status,
    requestId: body.requestId,
    retryAfter,
  });
}

/** By hand: the client runs in browsers, where a schema library would weigh more than all of it. */
function isEnvelope(body: unknown): body is ErrorEnvelope {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error)) return false;
  return typeof error.code === "string" && typeof error.message === "string";
}
