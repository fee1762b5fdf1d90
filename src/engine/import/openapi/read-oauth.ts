import { authExpression } from "../auth/auth-expression.ts";
import { array, call, type Expression, object, string } from "../code/expression.ts";
import type { VarModel } from "../plug-file/plug-model.ts";
import { at, type Place, textOf } from "./place.ts";
import { absolute } from "./read-servers.ts";
import type { SchemaReader } from "./schema-reader.ts";

export interface AuthPlan {
  readonly auth: Expression | undefined;
  readonly vars: readonly VarModel[];
}

const DISCOVERY = /\/\.well-known\/(openid-configuration|oauth-authorization-server)\/?$/;

/**
 * OAuth 2 and OpenID Connect: the flow that a server application uses. The implicit and the password flow are obsolete
 * (RFC 9700), for them an access token is asked for.
 *
 * @param scopes what the chosen operations need
 * @param base for addresses that are only a path
 */
export function readOAuth(
  scheme: Place,
  scopes: readonly string[],
  base: string | undefined,
  reader: SchemaReader,
): AuthPlan {
  const discovery = textOf(at(scheme, "openIdConnectUrl"));
  const issuer = discovery === undefined ? undefined : absolute(discovery.replace(DISCOVERY, ""), base);
  const code = at(scheme, "flows", "authorizationCode");
  const own = at(scheme, "flows", "clientCredentials");
  const flow = code.value === undefined ? own : code;
  const addressOf = (key: string): string | undefined => {
    const written = textOf(at(flow, key));
    return written === undefined ? undefined : absolute(written, base);
  };
  const authorizationUrl = code.value === undefined ? undefined : addressOf("authorizationUrl");
  const tokenUrl = addressOf("tokenUrl");
  const isComplete =
    issuer !== undefined || (tokenUrl !== undefined && (code.value === undefined || authorizationUrl !== undefined));
  if (!isComplete) return accessToken(scheme, reader);

  const address = (key: string, url: string | undefined) => ({
    key,
    value: url === undefined ? undefined : string(url),
  });
  const auth = call(
    "oauth2",
    object(
      [
        {
          key: "grant",
          value: issuer === undefined && code.value === undefined ? string("clientCredentials") : undefined,
        },
        address("issuer", issuer),
        address("authorizationUrl", authorizationUrl),
        address("tokenUrl", tokenUrl),
        { key: "clientId", value: call("fromVar", string("clientId")) },
        { key: "clientSecret", value: call("fromVar", string("clientSecret")) },
        { key: "scopes", value: scopes.length > 0 ? array(scopes.map(string)) : undefined },
      ],
      true,
    ),
  );
  return {
    auth,
    vars: [
      { key: "clientId", label: "Client ID", type: "text", required: true },
      { key: "clientSecret", label: "Client secret", type: "password", required: true },
    ],
  };
}

function accessToken(scheme: Place, reader: SchemaReader): AuthPlan {
  reader.warn(scheme, "describes no OAuth flow for servers, or no address of it; an access token is asked for");
  return {
    auth: authExpression([{ kind: "bearer", key: "token" }]),
    vars: [{ key: "token", label: "Access token", type: "password", required: true }],
  };
}
