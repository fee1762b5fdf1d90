import type { AuthStrategy } from "./auth/auth-strategy.ts";
import type { EndpointMap } from "./endpoints/endpoint-definition.ts";
import type { TraceparentOption } from "./exchanges/hop-watch.ts";
import type { PlugHooks } from "./hooks.ts";
import type { ArrayFormat } from "./http/encode-query.ts";
import type { Timeouts } from "./http/timeouts.ts";
import type { Pagination } from "./pagination/pagination.ts";
import type { RateLimit } from "./plug-options.ts";
import type { RetryPolicy } from "./retry/retry-policy.ts";
import type { VarField, VarRecord } from "./vars/var-definition.ts";

/** A checked plug with every default filled in: what calls run on. */
export interface PlugCore {
  readonly name: string;
  /** May throw whatever the user's function throws. */
  readonly baseUrlOf: (vars: VarRecord) => string;
  /** A variable can steer the host, so connections are checked against private networks. */
  readonly guarded: boolean;
  readonly authOf: (vars: VarRecord) => AuthStrategy;
  readonly fields: readonly VarField[];
  readonly timeouts: Timeouts;
  readonly retry: RetryPolicy;
  /** Names are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly hooks: PlugHooks<VarRecord>;
  /** `null` when the plug does not say that the other side honours one. */
  readonly idempotencyHeader: string | null;
  readonly maxResponseBytes: number;
  readonly arrays: ArrayFormat;
  readonly endpoints: EndpointMap;
  readonly pagination: Pagination | null;
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number | null;
  readonly traceparent: TraceparentOption;
}
