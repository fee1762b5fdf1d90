import { randomBytes } from "node:crypto";

export type TokenVerdict = "active" | "expired" | "unknown";

export interface TokenIssuer {
  /** A new opaque access token; `expiresInSeconds` is what was promised for it. */
  issue(): { accessToken: string; expiresInSeconds: number };
  check(accessToken: string): TokenVerdict;
  /** Forgets every token at once: the next call of each client is answered 401. */
  revokeAll(): void;
  /** For tokens issued from now on. */
  setLifetime(seconds: number): void;
}

/** Expired tokens are remembered this long, so that the 401 can say "expired" rather than "unknown". */
const REMEMBER_MS = 3_600_000;
const MAX_TOKENS = 10_000;

/** OAuth access tokens in memory, with a lifetime. `now` is the true clock: clock skew must not change lifetimes. */
export function createTokenIssuer(options: { lifetimeSeconds: number; now: () => Date }): TokenIssuer {
  const expiries = new Map<string, number>();
  let lifetimeSeconds = options.lifetimeSeconds;

  const forgetOld = (now: number) => {
    for (const [token, expiresAt] of expiries) {
      if (expiresAt + REMEMBER_MS < now || expiries.size >= MAX_TOKENS) expiries.delete(token);
    }
  };

  return {
    issue() {
      const now = options.now().getTime();
      forgetOld(now);
      const accessToken = `sbx_${randomBytes(24).toString("base64url")}`;
      expiries.set(accessToken, now + lifetimeSeconds * 1_000);
      return { accessToken, expiresInSeconds: lifetimeSeconds };
    },
    check(accessToken) {
      const expiresAt = expiries.get(accessToken);
      if (expiresAt === undefined) return "unknown";
      return options.now().getTime() < expiresAt ? "active" : "expired";
    },
    revokeAll: () => expiries.clear(),
    setLifetime(seconds) {
      lifetimeSeconds = seconds;
    },
  };
}
