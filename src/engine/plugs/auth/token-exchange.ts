import { createHash } from "node:crypto";
import { messageIn } from "../errors/error-excerpt.ts";
import { PlugAuthError } from "../errors/plug-auth-error.ts";
import type { VarRecord } from "../vars/var-definition.ts";
import type { AuthContext, AuthStrategy, TokenAnswer } from "./auth-strategy.ts";
import { rejectToken, rememberedToken, rememberToken, type Token, tokenSlot } from "./token-cache.ts";

export interface ExchangedToken {
  readonly token: string;
  /** Seconds until it expires; without it the token is used until a 401. */
  readonly expiresInSec?: number;
}

export interface TokenExchangeOptions {
  /** Where tokens are had: absolute, or a path on the base URL. A text in code is trusted; a function of the variables is guarded. */
  readonly url: string | ((vars: VarRecord) => string);
  /** Default POST. */
  readonly method?: "POST" | "GET" | "PUT";
  /** What to send, e.g. client id and secret. */
  readonly body?: (vars: VarRecord) => Readonly<Record<string, unknown>>;
  /** How the body travels; default `form`, as OAuth 2.0 wants it (RFC 6749 §4.4.2). */
  readonly encoding?: "form" | "json";
  readonly headers?: (vars: VarRecord) => Readonly<Record<string, string>>;
  /** Find the token in the answer; default OAuth's `access_token` and `expires_in`. */
  readonly parse?: (answer: TokenAnswer) => ExchangedToken;
  /** Where the token goes; default `Authorization`. */
  readonly header?: string;
  /** The word before it; default `Bearer`, `""` for none. */
  readonly scheme?: string;
  /** Renew so long before it expires, in milliseconds; default 60,000. */
  readonly renewBeforeMs?: number;
  /** The hidden variable that keeps it between processes; default `_token`. */
  readonly storage?: `_${string}`;
}

/**
 * Trade long-lived credentials for a short-lived token, and use that. Cached in memory and in a hidden variable of the
 * connection; renewed 60 s before it expires, and after a 401 once. Calls that need it at the same time share one exchange.
 *
 * @example
 * auth: tokenExchange({
 *   url: "https://auth.example.com/oauth/token",
 *   body: (vars) => ({ grant_type: "client_credentials", client_id: vars.clientId, client_secret: vars.clientSecret }),
 * })
 */
export function tokenExchange(options: TokenExchangeOptions): AuthStrategy<never> {
  const { header = "authorization", scheme = "Bearer", renewBeforeMs = 60_000, storage = "_token" } = options;

  const used = new WeakMap<AuthContext, string>();

  async function tokenFor(context: AuthContext): Promise<Token> {
    const slot = slotFor(context);
    const usable = (token: Token | null) =>
      token !== null &&
      token.token !== slot.rejected &&
      (token.expiresAt === null || token.expiresAt - renewBeforeMs > context.now());
    for (;;) {
      const known = rememberedToken(slot, context.vars[storage]);
      if (known && usable(known)) return known;
      const mine = slot.pending === null;
      slot.pending ??= exchange(context).finally(() => {
        slot.pending = null;
      });
      try {
        return await slot.pending;
      } catch (error) {
        // Another call's exchange, ended by that call's signal, is no answer for this one.
        if (mine || context.signal?.aborted || error instanceof PlugAuthError) throw error;
      }
    }
  }

  async function exchange(context: AuthContext): Promise<Token> {
    const { url, body } = requestFor(context);
    const answer = await context.fetch({
      url,
      method: options.method ?? "POST",
      headers: options.headers?.(context.vars),
      body:
        body === undefined || options.method === "GET"
          ? undefined
          : options.encoding === "json"
            ? body
            : new URLSearchParams(textFields(body)),
      trusted: typeof options.url === "string",
    });
    const { token, expiresInSec } = read(answer, context);
    const expiresAt = expiresInSec === undefined ? null : context.now() + expiresInSec * 1000;
    const fresh: Token = { token, expiresAt, madeBy: fingerprint(context) };
    rememberToken(slotFor(context), fresh);
    try {
      await context.setVars({ [storage]: JSON.stringify(fresh) });
    } catch {
      // The token works all the same; another process will have to fetch its own.
      context.log("warn", `${context.plug}: a new token could not be stored`);
    }
    return fresh;
  }

  function read(answer: TokenAnswer, context: AuthContext): ExchangedToken {
    const found = answer.status < 400 ? safely(() => (options.parse ?? oauthToken)(answer)) : null;
    if (found && typeof found.token === "string" && found.token !== "") return found;
    const said = messageIn(answer.body);
    throw new PlugAuthError({
      code: "auth_failed",
      plug: context.plug,
      message:
        answer.status < 400
          ? `${context.plug}: the answer of the token address holds no token`
          : `${context.plug}: the token address answered ${answer.status}${said === null ? "" : `: ${said}`}`,
      hint:
        answer.status < 400
          ? "Say with parse where it is."
          : "Are the credentials of this connection set and still valid?",
      retryable: answer.status === 429 || answer.status >= 500,
    });
  }

  const requestFor = ({ vars }: AuthContext) => ({
    url: typeof options.url === "function" ? options.url(vars) : options.url,
    body: options.body?.(vars),
  });
  /** A token of other credentials is not ours: changed variables make a new one. */
  const fingerprint = (context: AuthContext) =>
    createHash("sha256")
      .update(JSON.stringify([requestFor(context), options.headers?.(context.vars)]))
      .digest("base64url");
  const slotFor = (context: AuthContext) => tokenSlot(context.plug, context.tenant, storage, fingerprint(context));

  return Object.freeze({
    kind: "tokenExchange",
    needs: [],
    async apply(_request, context) {
      const { token } = await tokenFor(context);
      used.set(context, token);
      return { headers: { [header]: scheme === "" ? token : `${scheme} ${token}` } };
    },
    onUnauthorized(context) {
      // The token this call had, and not the one that is current now: another call may have renewed it meanwhile.
      const token = used.get(context);
      if (token !== undefined) rejectToken(slotFor(context), token);
      return true;
    },
  } satisfies AuthStrategy<never>);
}

function oauthToken({ body }: TokenAnswer): ExchangedToken {
  const fields: { access_token?: unknown; expires_in?: unknown } =
    typeof body === "object" && body !== null ? body : {};
  const seconds = Number(fields.expires_in);
  return {
    token: typeof fields.access_token === "string" ? fields.access_token : "",
    ...(fields.expires_in === undefined || !Number.isFinite(seconds) ? {} : { expiresInSec: seconds }),
  };
}

function safely<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null; // an answer of another shape: reported as "holds no token"
  }
}

const textFields = (body: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, String(value)]],
    ),
  );
