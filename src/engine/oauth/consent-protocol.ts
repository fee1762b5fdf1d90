import type { AuthContext } from "../plugs/auth/auth-strategy.ts";
import type { VarPatch } from "../plugs/vars/var-definition.ts";
import { madeFor, oauthClient } from "./oauth-client.ts";
import type { OAuth2Options } from "./oauth-options.ts";
import { tokenPatch } from "./token-vars.ts";

/** What ties an answer to the question; all of it random, and used once. */
export interface ConsentProof {
  readonly state: string;
  /** RFC 7636. */
  readonly verifier: string;
  /** Comes back in the ID token, when there is one. */
  readonly nonce: string;
  readonly redirectUri: string;
}

/** Where a person consents. @throws PlugAuthError */
export async function consentUrl(options: OAuth2Options, context: AuthContext, proof: ConsentProof): Promise<URL> {
  const { library, config, attempt } = await oauthClient(options, context);
  const { scopes = [], pkce = true } = options;
  return await attempt("making the address of the consent", [], async () =>
    library.buildAuthorizationUrl(config, {
      ...options.authorizationParams,
      redirect_uri: proof.redirectUri,
      state: proof.state,
      ...(scopes.length > 0 ? { scope: scopes.join(" ") } : {}),
      ...(scopes.includes("openid") ? { nonce: proof.nonce } : {}),
      ...(pkce
        ? {
            code_challenge: await library.calculatePKCECodeChallenge(proof.verifier),
            code_challenge_method: "S256",
          }
        : {}),
    }),
  );
}

/**
 * Trade the answer of the consent for tokens. Checks state, issuer (RFC 9207) and nonce.
 *
 * @param answer the parameters that the browser brought back.
 * @throws PlugAuthError
 */
export async function tokenForConsent(
  options: OAuth2Options,
  context: AuthContext,
  proof: ConsentProof,
  answer: URLSearchParams,
): Promise<VarPatch> {
  const { library, config, attempt } = await oauthClient(options, context);
  const callback = new URL(proof.redirectUri);
  callback.search = answer.toString();
  if (options.issuer === undefined) callback.searchParams.delete("iss"); // there is nothing to compare it with
  const { pkce = true, scopes = [] } = options;
  const checksIdToken = options.issuer !== undefined && scopes.includes("openid");
  const code = answer.get("code");
  const response = await attempt("trading the code for a token", [code, proof.verifier, proof.state], () =>
    library.authorizationCodeGrant(
      config,
      callback,
      {
        expectedState: proof.state,
        ...(pkce ? { pkceCodeVerifier: proof.verifier } : {}),
        ...(checksIdToken ? { expectedNonce: proof.nonce, idTokenExpected: true } : {}),
      },
      { ...options.tokenParams },
    ),
  );
  return tokenPatch(response, {
    now: context.now(),
    madeFor: await madeFor(options, context),
    before: null,
    scope: scopes.length > 0 ? scopes.join(" ") : null,
  });
}
