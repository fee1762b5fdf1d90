import { fromVar, oauth2, plug } from "../../plugs/index.ts";
import { SCOPES } from "./oidc-server.ts";

/** A plug for the API of a test server, connected by a person's consent. */
export const calendarPlug = (serverUrl: string) =>
  plug({
    name: "calendar",
    baseUrl: serverUrl,
    vars: [
      { key: "clientId", type: "text", required: true },
      { key: "clientSecret", type: "password", required: true },
    ],
    auth: oauth2({
      issuer: serverUrl,
      clientId: fromVar("clientId"),
      clientSecret: fromVar("clientSecret"),
      scopes: SCOPES,
      authorizationParams: { prompt: "consent" }, // without it this server grants no offline access
    }),
    retry: false,
  });
