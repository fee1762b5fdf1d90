/** What opens each of the three doors. Public on purpose: the sandbox holds invented data only. */
export interface SandboxCredentials {
  /** `Authorization: Bearer <token>` */
  bearerToken: string;
  /** `x-api-key: <key>` or `?api_key=<key>` */
  apiKey: string;
  /** OAuth 2 client credentials for `POST /oauth/token` */
  clientId: string;
  clientSecret: string;
}

/**
 * The credentials of the demo, unless `createSandbox({ credentials })` says otherwise.
 *
 * @example
 * fetch("http://127.0.0.1:4010/products", { headers: { authorization: `Bearer ${DEMO_CREDENTIALS.bearerToken}` } });
 */
export const DEMO_CREDENTIALS: Readonly<SandboxCredentials> = {
  bearerToken: "sandbox-token",
  apiKey: "sandbox-key",
  clientId: "sandbox-client",
  clientSecret: "sandbox-client-secret",
};
