import { z } from "zod";
import { listQuery, pageOf, plugNameSchema, tenantSchema } from "../page.ts";
import { connectionSchema, consentSchema } from "../records/connection.ts";
import { defineRoute } from "../route.ts";
import { plugParams, tenantQuery } from "./plugs.ts";

/** A path on this very site: no host, no control characters, no backslash, which browsers read as a slash. */
const returnPath = z
  .string()
  .max(500)
  .regex(/^\/(?!\/)[^\\\s\p{Cc}]*$/u, "Give a path of this site, e.g. /plugs/github.");

export const listConnections = defineRoute({
  method: "get",
  path: "/connections",
  access: "viewer",
  tag: "Connections",
  summary: "List connections, newest first",
  query: listQuery.extend({ plug: plugNameSchema.optional(), tenant: tenantSchema.optional() }),
  responses: {
    200: {
      description: "A page of connections.",
      schema: pageOf(connectionSchema).extend({
        redirectUri: z.url().describe("What must be registered at providers that ask for consent."),
      }),
    },
  },
});

export const authorizeConnection = defineRoute({
  method: "post",
  path: "/connections/{plug}/authorize",
  access: "operator",
  tag: "Connections",
  summary: "Begin a consent (OAuth 2)",
  description:
    "Gives the address at which a person consents, and a cookie: within ten minutes the same browser can finish it, once.",
  params: plugParams,
  query: tenantQuery,
  body: z.strictObject({ returnTo: returnPath.default("/") }).default({ returnTo: "/" }),
  responses: { 200: { description: "Where to consent.", schema: consentSchema } },
});

export const finishConsent = defineRoute({
  method: "get",
  path: "/oauth/callback",
  access: "open",
  tag: "Connections",
  summary: "Where providers send the browser back to",
  description:
    "Its credential is the single-use `state`, with the cookie of the browser that began. Goes on to the page that began, with `connect=done` or `connect=failed&code=…`.",
  responses: {
    303: { description: "Back to the Hub." },
    400: { description: "The consent is not known, was finished before, or was begun in another browser." },
  },
});

export const disconnectConnection = defineRoute({
  method: "delete",
  path: "/connections/{plug}",
  access: "admin",
  tag: "Connections",
  summary: "Disconnect a tenant",
  description:
    "Revokes the tokens at the provider where it can be told, then forgets all variables of the connection. If the provider could not be told, `error` says so.",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The connection as it is now.", schema: connectionSchema } },
});
