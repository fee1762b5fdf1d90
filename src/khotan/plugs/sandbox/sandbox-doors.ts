import { apiKey, bearer, fromVar, tokenExchange } from "khotan";

/** The three ways in; the variable `door` chooses. Each opens everything. */
export const sandboxDoors = {
  bearer: bearer(fromVar("token")),
  apiKey: apiKey("x-api-key", fromVar("apiKey")),
  /** OAuth client credentials (RFC 6749 §4.4): a token for 300 s. */
  oauth: tokenExchange({
    url: "/oauth/token",
    body: (vars) => ({
      grant_type: "client_credentials",
      client_id: vars.clientId,
      client_secret: vars.clientSecret,
    }),
  }),
} as const;
