import type { Credential } from "../plugs/auth/credential.ts";
import type { VarRecord } from "../plugs/vars/var-definition.ts";

/** A text in code is trusted; a function of the variables is checked against private networks. */
export type OAuthAddress = string | ((vars: VarRecord) => string);

export interface OAuth2Options<Id extends string = string, Secret extends string = string> {
  /**
   * `authorizationCode` (default): a person consents in the browser, with PKCE (RFC 7636); tokens are refreshed.
   * `clientCredentials`: the app speaks for itself (RFC 6749 §4.4).
   */
  readonly grant?: "authorizationCode" | "clientCredentials";
  /**
   * The server's issuer: its addresses are discovered (OpenID Connect Discovery, RFC 8414), and answers of the consent must
   * name it (RFC 9207). Addresses given below win over discovered ones.
   */
  readonly issuer?: OAuthAddress;
  readonly authorizationUrl?: OAuthAddress;
  readonly tokenUrl?: OAuthAddress;
  /** Tokens are revoked here on disconnect (RFC 7009). */
  readonly revocationUrl?: OAuthAddress;
  /** A declared variable named `clientId` wins over the value given here. */
  readonly clientId: Credential<Id>;
  /** Leave out for a public client. A declared variable named `clientSecret` wins. */
  readonly clientSecret?: Credential<Secret>;
  /** How the secret travels: in the form (default) or by HTTP Basic. */
  readonly clientAuth?: "post" | "basic";
  readonly scopes?: readonly string[];
  /** Added to the address of the consent, e.g. `{ access_type: "offline", prompt: "consent" }` for Google. */
  readonly authorizationParams?: Readonly<Record<string, string>>;
  /** Added to every request for a token, e.g. `{ audience: "…" }`. */
  readonly tokenParams?: Readonly<Record<string, string>>;
  /** `false` for servers that refuse a code challenge; default `true`. */
  readonly pkce?: boolean;
  /** Renew so long before the token expires, in milliseconds; default 60,000, and never more than half of its life. */
  readonly renewBeforeMs?: number;
  /** The word before the token; default `Bearer`. */
  readonly scheme?: string;
}

/** The addresses of the server for these variables. */
export interface OAuthAddresses {
  readonly issuer: string | undefined;
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly revocationUrl: string | undefined;
}

export const addressesFor = (options: OAuth2Options, vars: VarRecord): OAuthAddresses => {
  const at = (address: OAuthAddress | undefined) => (typeof address === "function" ? address(vars) : address);
  return {
    issuer: at(options.issuer),
    authorizationUrl: at(options.authorizationUrl),
    tokenUrl: at(options.tokenUrl),
    revocationUrl: at(options.revocationUrl),
  };
};
