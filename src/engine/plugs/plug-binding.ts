import type { LogLevel } from "../../contract/index.ts";
import type { NetworkGuard } from "../security/network-guard.ts";
import type { Renewal } from "./auth/auth-strategy.ts";
import type { HopStart, HopWatch } from "./exchanges/hop-watch.ts";
import type { RecordedExchange } from "./exchanges/recorded-exchange.ts";
import type { WireRequest, WireResponse } from "./http/wire.ts";
import type { PlugClock } from "./plug-clock.ts";
import type { VarPatch, VarRecord } from "./vars/var-definition.ts";

/** Lets a call wait for its turn. */
export interface PlugLimiter {
  /** Resolves when the call may go, with a function that ends it; rejects when the signal fires. */
  acquire(signal: AbortSignal | undefined): Promise<() => void>;
  /** The other side said "too many": nobody goes for that long. */
  penalise(waitMs: number): void;
}

/**
 * Everything about a call that is not the plug itself: whose credentials, what for, who listens. The engine makes one
 * per connection and run; a test or script makes its own.
 *
 * @example const stripe = stripePlug.bind({ tenant: "default", vars: { apiKey: "sk_test_…" } });
 */
export interface PlugBinding {
  readonly tenant: string;
  /** The connection's variables, decrypted. Defaults of the plug fill what is missing. */
  readonly vars: VarRecord;
  /** Store changed variables, all of a patch or nothing of it. Without it they are kept in memory only. */
  setVars?(patch: VarPatch): Promise<void>;
  /**
   * Replace stored credentials, with no other process doing the same. @returns all variables as they are then. Without it
   * only the calls of this binding keep out of each other's way.
   */
  renewVars?(renewal: Renewal): Promise<VarRecord>;
  /** Ends every call of this binding. */
  readonly signal?: AbortSignal;
  /**
   * The run's own key. When the plug declares `idempotencyHeader`, each POST and PATCH carries a key derived from it,
   * the same again when the run is repeated.
   */
  readonly idempotencyKey?: string;
  /** Told of every attempt, redacted. Must not throw and should not take long. */
  onExchange?(exchange: RecordedExchange): void;
  /** Told of every request before it goes out, redirects too; what it answers is sent along and told the end. */
  watchHop?(hop: HopStart): HopWatch;
  /**
   * Checks each connection to a host that a variable or a redirect chose. Make one per process: connections are pooled by
   * it. Default: what KHOTAN_ALLOW_PRIVATE_NETWORK allows.
   */
  readonly guard?: NetworkGuard;
  /**
   * Answers every request instead of the network: nothing is sent, no token is asked for, and credentials that would
   * have to be renewed are left out. For dry runs.
   */
  answer?(request: Pick<WireRequest, "method" | "url" | "streaming">): WireResponse;
  readonly source?: RecordedExchange["source"];
  readonly runId?: string;
  /** Default: the plug's own `rateLimit` and `concurrency`, counted in this process. */
  readonly limiter?: PlugLimiter;
  /** Default: the real one. Tests move time by hand. */
  readonly clock?: PlugClock;
  log?(level: LogLevel, message: string, data?: Record<string, unknown>): void;
}
