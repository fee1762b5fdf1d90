import { newUuid } from "../../contract/index.ts";
import type { AnyPlug, PlugLimiter } from "../plugs/index.ts";
import { limitRules } from "./limit-rules.ts";
import { systemTimer } from "./limit-timer.ts";
import { limitId } from "./postgres-bank.ts";
import { SharedLimiter, type SharedLimiterParts } from "./shared-limiter.ts";

/** The limiters of a process: one per connection whose plug declares a limit. */
export interface Limiters {
  /** `undefined` when the plug declares no limit. */
  of(plug: Pick<AnyPlug, "name" | "rateLimit" | "concurrency">, tenant: string): PlugLimiter | undefined;
  /** Another process has news of this limit (`plug/tenant`), or, with `null`, of any. */
  wake(id: string | null): void;
  /** Calls that wait here, by plug. */
  waiting(): ReadonlyMap<string, number>;
  /** Give back what is held, so that others need not wait for the leases to end. */
  stop(): Promise<void>;
}

export interface LimitersOptions extends Pick<SharedLimiterParts, "bank" | "leaseMs" | "onTrouble"> {
  readonly timer?: SharedLimiterParts["timer"];
}

/** More than these at a time: those that do nothing are forgotten. */
const MANY = 1_000;

/** @example const limiters = createLimiters({ bank: postgresBank(adapter, publisher) }); */
export function createLimiters(options: LimitersOptions): Limiters {
  const { timer = systemTimer, ...parts } = options;
  const byId = new Map<string, SharedLimiter>();
  return {
    of(plug, tenant) {
      const key = { plug: plug.name, tenant };
      const known = byId.get(limitId(key));
      if (known) return known;
      const rules = limitRules(plug);
      if (rules === null) return undefined;
      if (byId.size >= MANY) for (const [id, it] of byId) if (it.quiet) byId.delete(id);
      // A name of its own for each: a forgotten one that somebody still has must not speak for its successor.
      const limiter = new SharedLimiter({ ...parts, key, rules, timer, holder: newUuid() });
      byId.set(limitId(key), limiter);
      return limiter;
    },
    wake(id) {
      if (id !== null) byId.get(id)?.wake();
      else for (const limiter of byId.values()) limiter.wake();
    },
    waiting() {
      const counts = new Map<string, number>();
      for (const { plug, waiting } of byId.values()) counts.set(plug, (counts.get(plug) ?? 0) + waiting);
      return counts;
    },
    async stop() {
      await Promise.all([...byId.values()].map((limiter) => limiter.stop()));
      byId.clear();
    },
  };
}
