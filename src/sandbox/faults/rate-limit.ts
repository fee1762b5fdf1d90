import type { MiddlewareHandler } from "hono";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxEnv } from "../http/sandbox-env.ts";
import type { Faults } from "./faults.ts";

/**
 * A fixed window per credential, switched on by `rateLimit`. Headers as many APIs send them:
 * `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset` and, on a 429, `retry-after` (whole seconds, rounded up).
 */
export function rateLimit(faults: Faults, now: () => Date): MiddlewareHandler<SandboxEnv> {
  const windows = new Map<string, { startedAt: number; used: number }>();
  return async (c, next) => {
    const rule = faults.state.rateLimit;
    if (!rule) return next();
    const at = now().getTime();
    const principal = c.get("principal");
    let window = windows.get(principal);
    if (!window || at >= window.startedAt + rule.windowMs) {
      window = { startedAt: at, used: 0 };
      windows.set(principal, window);
    }
    window.used += 1;
    const reset = Math.ceil((window.startedAt + rule.windowMs - at) / 1_000);
    c.header("ratelimit-limit", String(rule.limit));
    c.header("ratelimit-remaining", String(Math.max(0, rule.limit - window.used)));
    c.header("ratelimit-reset", String(reset));
    if (window.used > rule.limit) {
      throw new ApiProblem(429, "rate_limited", `More than ${rule.limit} calls in ${rule.windowMs} ms.`, {
        headers: { "retry-after": String(reset) },
      });
    }
    await next();
  };
}
