import type { AuthStrategy } from "./auth/auth-strategy.ts";
import type { BreakerOptions } from "./breaker-rules.ts";
import type { CheckedEndpoints, EndpointMap } from "./endpoints/endpoint-definition.ts";
import type { TraceparentOption } from "./exchanges/hop-watch.ts";
import type { PlugHooks } from "./hooks.ts";
import type { ArrayFormat } from "./http/encode-query.ts";
import type { TimeoutOptions } from "./http/timeouts.ts";
import type { Pagination } from "./pagination/pagination.ts";
import type { RetryOptions } from "./retry/retry-policy.ts";
import type { VarDefinition } from "./vars/var-definition.ts";
import type { VarValues } from "./vars/var-values.ts";

/** Calls that the other side allows. Waiting calls go in the order they came. */
export type RateLimit = (
  | { readonly perSecond: number; readonly perMinute?: undefined }
  | { readonly perMinute: number; readonly perSecond?: undefined }
) & {
  /** Calls that may go at once after a pause; default: one second's worth, at least 1. */
  readonly burst?: number;
};

/** What the hub keeps of a plug's calls made in runs. Default: everything. */
export type ExchangeRecording = boolean | { readonly sample: number };

export interface PlugOptions<Vars extends readonly VarDefinition[], Endpoints extends EndpointMap> {
  /** Lower-case letters, digits and `-`; stands in URLs and never changes. */
  readonly name: string;
  /** What people see; defaults to the name. */
  readonly label?: string;
  readonly description?: string;
  readonly docsUrl?: string;
  /**
   * Where the API is. A constant is trusted; with a function of the variables every connection is checked against
   * private networks.
   */
  readonly baseUrl: string | ((vars: VarValues<Vars>) => string);
  /** Default `none()`. A function chooses by the variables. */
  readonly auth?: AuthStrategy<Vars[number]["key"]> | ((vars: VarValues<Vars>) => AuthStrategy);
  /** What each connection needs. */
  readonly vars?: Vars;
  readonly endpoints?: Endpoints & CheckedEndpoints<NoInfer<Endpoints>>;
  /** How this API hands out lists; an endpoint or a call may say otherwise. */
  readonly pagination?: Pagination;
  /** Milliseconds in all, or per phase; default connect 10,000, headers 30,000, body 30,000, total 60,000. */
  readonly timeout?: TimeoutOptions;
  readonly retry?: RetryOptions | number | false;
  readonly hooks?: PlugHooks<VarValues<Vars>>;
  /** Enforced across all processes in the hub, and within the process elsewhere. */
  readonly rateLimit?: RateLimit;
  /** Calls at the same time. */
  readonly concurrency?: number;
  /**
   * When passes to this plug wait because it is down: by default after 5 failures in a row, for 30 s, then one tries.
   * `false`: never.
   */
  readonly breaker?: BreakerOptions | false;
  /** Sent with every request. Secrets belong into `auth`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Name of the header in which the other side honours idempotency keys, e.g. `Idempotency-Key`. Leave out when it has none. */
  readonly idempotencyHeader?: string;
  /** Limit of an answer's body in bytes; default 10 MiB. */
  readonly maxResponseBytes?: number;
  /** How lists are written in queries and forms; default `repeat`. */
  readonly arrayFormat?: ArrayFormat;
  readonly exchanges?: ExchangeRecording;
  /**
   * Which traces go along as `traceparent` (W3C Trace Context). Default `true`: the one an event came with, or that an
   * OpenTelemetry SDK records. `"always"` also sends the hub's own, `false` none. A header you set yourself wins.
   */
  readonly traceparent?: TraceparentOption;
}
