import type { AuthContext } from "../plugs/auth/auth-strategy.ts";
import { PlugAuthError } from "../plugs/errors/plug-auth-error.ts";
import type { VarPatch, VarRecord } from "../plugs/vars/var-definition.ts";
import { madeFor, oauthClient } from "./oauth-client.ts";
import { REFRESHING } from "./oauth-failure.ts";
import type { OAuth2Options } from "./oauth-options.ts";
import { readToken, tokenPatch } from "./token-vars.ts";

/**
 * Get a new token for what is stored: by its refresh token, or with the client's own credentials.
 *
 * @throws PlugAuthError `auth_missing` when nobody has consented yet, `auth_expired` when the consent is no good any more,
 * `auth_failed` when it did not work this time.
 */
export async function newToken(options: OAuth2Options, context: AuthContext, vars: VarRecord): Promise<VarPatch> {
  const now = { ...context, vars };
  const fingerprint = await madeFor(options, now);
  const scope = options.scopes?.join(" ") ?? null;
  if (options.grant === "clientCredentials") {
    const { library, config, attempt } = await oauthClient(options, now);
    const parameters = { ...(scope === null ? {} : { scope }), ...options.tokenParams };
    const answer = await attempt("getting a token", [], () => library.clientCredentialsGrant(config, parameters));
    return tokenPatch(answer, { now: context.now(), madeFor: fingerprint, before: null, scope });
  }
  const before = readToken(vars);
  if (before?.madeFor !== fingerprint) throw notConnected(context);
  const { refreshToken } = before;
  if (refreshToken === null) throw cannotRenew(context);
  const { library, config, attempt } = await oauthClient(options, now);
  const answer = await attempt(REFRESHING, [refreshToken, before.accessToken], () =>
    library.refreshTokenGrant(config, refreshToken, options.tokenParams),
  );
  return tokenPatch(answer, { now: context.now(), madeFor: fingerprint, before, scope });
}

/** Tell the server that the tokens are no longer wanted. @returns `false` when it cannot be told. */
export async function revokeToken(options: OAuth2Options, context: AuthContext): Promise<boolean> {
  const token = readToken(context.vars);
  if (token === null) return true;
  const { library, config, server, attempt } = await oauthClient(options, context);
  if (server.revocation_endpoint === undefined) return false;
  const { accessToken, refreshToken } = token;
  const revoke = (value: string, hint: string) =>
    attempt("revoking the token", [accessToken, refreshToken], () =>
      library.tokenRevocation(config, value, { token_type_hint: hint }),
    );
  if (refreshToken === null) await revoke(accessToken, "access_token");
  else {
    await revoke(refreshToken, "refresh_token");
    // It takes its access tokens along (RFC 7009 §2.1); servers that do not are told, those that cannot are forgiven.
    await revoke(accessToken, "access_token").catch(() => undefined);
  }
  return true;
}

const notConnected = ({ plug, tenant }: AuthContext) =>
  new PlugAuthError({
    code: "auth_missing",
    plug,
    message: `${plug}: tenant "${tenant}" is not connected: nobody has consented yet`,
    hint: "Connect it in the Hub, or open the address that POST /connections/{plug}/authorize gives.",
    retryable: false,
  });

const cannotRenew = ({ plug, tenant }: AuthContext) =>
  new PlugAuthError({
    code: "auth_expired",
    plug,
    message: `${plug}: the token of tenant "${tenant}" is no good any more, and there is no refresh token`,
    hint: "Connect again. If the server gives refresh tokens only when asked, ask for them, e.g. by the scope offline_access.",
    retryable: false,
  });
