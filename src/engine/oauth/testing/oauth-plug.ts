import { fromVar, oauth2, plug } from "../../plugs/index.ts";
import { CLIENT_ID, CLIENT_SECRET, SCOPES } from "./oidc-server.ts";

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

/** A plug for the same API, with the app's own credentials and nothing to set. */
export const machinePlug = (serverUrl: string) =>
  plug({
    name: "machine",
    baseUrl: serverUrl,
    auth: oauth2({
      grant: "clientCredentials",
      issuer: serverUrl,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
    }),
    retry: false,
  });
