import { createHash } from "node:crypto";
import type { Configuration, CustomFetch, ServerMetadata } from "openid-client";
import type { AuthContext } from "../plugs/auth/auth-strategy.ts";
import { credentialValue } from "../plugs/auth/credential.ts";
import { conformingAnswer } from "./conforming-answer.ts";
import { type FailureContext, oauthFailure } from "./oauth-failure.ts";
import { addressesFor, type OAuth2Options, type OAuthAddresses } from "./oauth-options.ts";
import { type OpenidLibrary, openidLibrary } from "./openid-library.ts";
import { requireSecure } from "./secure-address.ts";
import { serverMetadata } from "./server-metadata.ts";

/** One server and one client, ready for requests. */
export interface OAuthClient {
  readonly library: OpenidLibrary;
  readonly config: Configuration;
  readonly server: ServerMetadata;
  readonly clientId: string;
  /** Run a request; what it throws becomes ours, without tokens. */
  attempt<T>(action: string, secrets: readonly (string | null)[], request: () => Promise<T>): Promise<T>;
}

/**
 * Put the client together: credentials from the variables, addresses by discovery or from the options, and every request
 * through the plug's own way out (guard, limits on size and time, record).
 *
 * @throws PlugAuthError `auth_missing` without client id, `auth_failed` when the server cannot be found.
 */
export async function oauthClient(options: OAuth2Options, context: AuthContext): Promise<OAuthClient> {
  const openid = await openidLibrary();
  const clientId = await credentialValue(options.clientId, context, "clientId");
  const secret =
    options.clientSecret === undefined && !context.vars.clientSecret
      ? null
      : await credentialValue(options.clientSecret, context, "clientSecret");
  const addresses = addressesFor(options, context.vars);
  let status: number | null = null;
  const checksIdToken = addresses.issuer !== undefined && (options.scopes ?? []).includes("openid");
  const send: CustomFetch = async (url, init) => {
    status = null;
    const answer = await context.fetch({
      url,
      method: init.method ?? "GET",
      headers: init.headers,
      body: init.body instanceof URLSearchParams ? init.body : undefined,
      trusted: isTrusted(options, addresses, url),
      detached: true,
    });
    status = answer.status;
    const isToken = init.body instanceof URLSearchParams && init.body.has("grant_type");
    const { body, status: shown } = isToken ? conformingAnswer(answer, checksIdToken) : answer;
    return new Response(shown === 204 ? null : JSON.stringify(body ?? {}), {
      status: shown,
      headers: { "content-type": "application/json" },
    });
  };
  const attempt: OAuthClient["attempt"] = async (action, secrets, request) => {
    status = null;
    try {
      return await request();
    } catch (error) {
      const values = [secret, ...secrets].filter((value) => value !== null);
      throw oauthFailure(error, { plug: context.plug, action, status, secrets: values } satisfies FailureContext);
    }
  };
  const server = await attempt("finding the server", [], () => serverMetadata(openid, addresses, send, context.plug));
  const auth =
    secret === null
      ? openid.None()
      : options.clientAuth === "basic"
        ? openid.ClientSecretBasic(secret)
        : openid.ClientSecretPost(secret);
  const config = new openid.Configuration(server, clientId, undefined, auth);
  config[openid.customFetch] = send;
  for (const address of [server.authorization_endpoint, server.token_endpoint, server.revocation_endpoint])
    if (address !== undefined && requireSecure(context.plug, address) === "loopback")
      openid.allowInsecureRequests(config);
  return { library: openid, config, server, clientId, attempt };
}

/** Tells which credentials a token belongs to. The secret may be rotated without losing the grant. */
export async function madeFor(options: OAuth2Options, context: AuthContext): Promise<string> {
  const clientId = await credentialValue(options.clientId, context, "clientId");
  const { issuer, tokenUrl } = addressesFor(options, context.vars);
  const asked = options.grant === "clientCredentials" ? [options.scopes ?? [], options.tokenParams ?? {}] : [];
  return createHash("sha256")
    .update(JSON.stringify([clientId, issuer, tokenUrl, asked]))
    .digest("base64url");
}

/** An address is trusted when it stands in code, or when a server that stands in code names one of its own. */
function isTrusted(options: OAuth2Options, addresses: OAuthAddresses, url: string): boolean {
  const { authorizationUrl, tokenUrl, revocationUrl, issuer } = options;
  const given = [authorizationUrl, tokenUrl, revocationUrl].some((address) => address === url);
  return (
    given ||
    (typeof issuer === "string" && addresses.issuer !== undefined && new URL(url).origin === new URL(issuer).origin)
  );
}
