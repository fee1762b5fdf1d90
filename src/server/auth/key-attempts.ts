import { RateLimiterMemory } from "rate-limiter-flexible";
import { KhotanError } from "../../engine/errors.ts";
import { processSingleton } from "../process-singleton.ts";

/** Wrong keys an address may send in a minute, to one process. */
const MAX = 100;

const limiter = (): RateLimiterMemory =>
  processSingleton("khotan.key-attempts", () => new RateLimiterMemory({ points: MAX, duration: 60 }));

/** @throws KhotanError `rate_limited` once an address has sent too many wrong keys */
export const checkAttempts = async (request: Request): Promise<void> => {
  const state = await limiter().get(addressOf(request));
  if (!state || state.consumedPoints < MAX) return;
  throw new KhotanError("rate_limited", "Too many wrong API keys came from this address.", {
    hint: "Wait a minute, then use a key made under Settings.",
    retryAfterSec: Math.ceil(state.msBeforeNext / 1_000),
  });
};

export const countWrongKey = async (request: Request): Promise<void> => {
  await limiter().penalty(addressOf(request));
};

/** One address, because our server has cleaned the header; see `cleanForwardedHeaders`. */
const addressOf = (request: Request): string => request.headers.get("x-forwarded-for") ?? "unknown";
