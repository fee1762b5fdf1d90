import { newToken } from "../../oauth/grants.ts";
import { madeFor } from "../../oauth/oauth-client.ts";
import type { OAuth2Options } from "../../oauth/oauth-options.ts";
import { readToken, type StoredToken } from "../../oauth/token-vars.ts";
import { PlugAuthError } from "../errors/plug-auth-error.ts";
import type { AuthContext, AuthStrategy } from "./auth-strategy.ts";
import { keysOf } from "./from-var.ts";

/** What the hub needs to open the doors of the consent. */
export interface OAuth2Strategy<Key extends string = string> extends AuthStrategy<Key> {
  readonly kind: "oauth2";
  readonly oauth2: OAuth2Options;
}

/** A token that was refused so soon after it was made will not be helped by another one. */
const FRESH_MS = 10_000;

/**
 * OAuth 2: a person's consent (authorization code with PKCE), or the app's own credentials. Tokens are kept, encrypted, in
 * the connection; they are renewed a minute before they expire and once after a 401, by one process only.
 *
 * Errors: `auth_missing` (nobody has consented yet), `auth_expired` (consent again), `auth_failed` (see its hint).
 * Sources: RFC 6749, 7636, 9207, 9700 (current best practice).
 *
 * @example
 * auth: oauth2({
 *   issuer: "https://accounts.google.com",
 *   clientId: fromVar("clientId"),
 *   clientSecret: fromVar("clientSecret"),
 *   scopes: ["https://www.googleapis.com/auth/calendar.readonly"],
 *   authorizationParams: { access_type: "offline", prompt: "consent" },
 * })
 * @example auth: oauth2({ grant: "clientCredentials", tokenUrl: "https://auth.example.com/token", clientId: fromVar("clientId"), clientSecret: fromVar("clientSecret") })
 */
export function oauth2<const Id extends string = never, const Secret extends string = never>(
  options: OAuth2Options<Id, Secret>,
): OAuth2Strategy<Id | Secret> {
  const used = new WeakMap<AuthContext, string>();
  return Object.freeze({
    kind: "oauth2",
    needs: keysOf<Id | Secret>(options.clientId, options.clientSecret),
    oauth2: options,
    async apply(_request, context) {
      const { accessToken } = await currentToken(options, context);
      used.set(context, accessToken);
      return { headers: { authorization: `${options.scheme ?? "Bearer"} ${accessToken}` } };
    },
    async onUnauthorized(context) {
      // The token this call had, and not the one that is current now: another call may have renewed it meanwhile.
      const refused = used.get(context);
      const current = readToken(context.vars);
      if (current?.accessToken === refused && current && context.now() - current.obtainedAt < FRESH_MS) return false;
      await renew(options, context, await madeFor(options, context), refused ?? null);
      return true;
    },
  } satisfies OAuth2Strategy<Id | Secret>);
}

export const isOAuth2 = (strategy: AuthStrategy | null): strategy is OAuth2Strategy =>
  strategy !== null && strategy.kind === "oauth2" && "oauth2" in strategy;

async function currentToken(options: OAuth2Options, context: AuthContext): Promise<StoredToken> {
  const owner = await madeFor(options, context);
  const known = readToken(context.vars);
  if (known && isGood(options, known, owner, context.now())) return known;
  try {
    await renew(options, context, owner, null);
  } catch (error) {
    const passing = error instanceof PlugAuthError && error.retryable;
    if (!passing || known?.madeFor !== owner || (known.expiresAt ?? 0) <= context.now()) throw error;
    context.log("warn", `${error.message}; the old token is used while it lasts`);
    return known;
  }
  const fresh = readToken(context.vars);
  if (fresh) return fresh;
  throw new Error("the token vanished after it was renewed");
}

async function renew(
  options: OAuth2Options,
  context: AuthContext,
  owner: string,
  refused: string | null,
): Promise<void> {
  await context.renewVars({
    isDone: (vars) => {
      const token = readToken(vars);
      return token !== null && token.accessToken !== refused && isGood(options, token, owner, context.now());
    },
    renew: (vars) => newToken(options, context, vars),
  });
}

function isGood(options: OAuth2Options, token: StoredToken, owner: string, now: number): boolean {
  if (token.madeFor !== owner) return false;
  if (token.expiresAt === null) return true;
  const life = token.expiresAt - token.obtainedAt;
  return token.expiresAt - Math.min(options.renewBeforeMs ?? 60_000, life / 2) > now;
}
