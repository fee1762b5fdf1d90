import type { ReadableStream } from "node:stream/web";
import type { BodyKind } from "./http/decode-body.ts";
import type { QueryInput } from "./http/encode-query.ts";
import type { PathParamValue } from "./http/fill-path.ts";
import type { TimeoutOptions } from "./http/timeouts.ts";
import type { RetryOptions } from "./retry/retry-policy.ts";
import type { VarRecord } from "./vars/var-definition.ts";

/** Without declared variables there is nothing to give: `{}` alone would let anything pass. */
type CallVars<Values> = [keyof Values] extends [never] ? Readonly<Record<string, never>> : Partial<Values>;

/** What a single call may say. */
export interface RequestOptions<Values = VarRecord> {
  /** Added to the URL; `undefined` and `null` are left out, lists repeat the key (see the plug's `arrayFormat`). */
  readonly query?: QueryInput;
  /** Win over the plug's; `undefined` removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /**
   * Objects, arrays, numbers and booleans are sent as JSON, a text as text, `URLSearchParams` as a form; bytes, `Blob`,
   * `FormData`, streams and async iterables as they are. Streams cannot be sent twice, so such a call is not retried.
   */
  readonly body?: unknown;
  /** Sent as `application/x-www-form-urlencoded`; nested objects become `a[b]=c`. Instead of `body`. */
  readonly form?: object;
  /** Values for `:name` or `{name}` in the path. */
  readonly params?: Readonly<Record<string, PathParamValue>>;
  /** Variables for this call only, over those of the connection. */
  readonly vars?: CallVars<Values>;
  /** Milliseconds in all, or each phase; see `Timeouts`. */
  readonly timeout?: TimeoutOptions;
  /** Over the plug's; a number is the attempts in all, `false` means one. */
  readonly retry?: RetryOptions | number | false;
  /** Sent in the plug's idempotency header; makes a POST or PATCH repeatable. */
  readonly idempotencyKey?: string;
  /** `true`: repeating this call does no harm, so it may be retried whatever its method. */
  readonly idempotent?: boolean;
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How to read the answer; default `auto`: JSON is parsed, texts are texts, the rest is `Uint8Array`. */
  readonly as?: BodyKind;
  /** Limit of the answer's body in bytes; default 10 MiB, for streams none. */
  readonly maxResponseBytes?: number;
  /** `follow` (default; at most 5), `error`, or `manual` to get the 3xx itself. */
  readonly redirect?: "follow" | "error" | "manual";
  /** `false`: send it without credentials. */
  readonly auth?: false;
  /** `false`: return answers of 400 and above instead of throwing `PlugHttpError`. Default `true`. */
  readonly throwOnError?: boolean;
}

/** An answer with everything. */
export interface PlugResponse<Body = unknown> {
  readonly status: number;
  /** Names are lower-case; several of a name are joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  /** Where it came from, after redirects, without what auth added. */
  readonly url: URL;
  /** 1 when the first try did it. */
  readonly attempts: number;
}

/** What the body is, from the option `as`. */
export type BodyOf<Kind, Fallback> = Kind extends "text"
  ? string
  : Kind extends "bytes"
    ? Uint8Array
    : Kind extends "stream"
      ? ReadableStream<Uint8Array>
      : Fallback;
