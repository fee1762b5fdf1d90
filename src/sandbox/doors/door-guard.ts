import type { MiddlewareHandler } from "hono";
import type { SandboxCredentials } from "../demo-credentials.ts";
import { ApiProblem } from "../http/api-problem.ts";
import type { SandboxContext, SandboxEnv } from "../http/sandbox-env.ts";
import { sameSecret } from "./same-secret.ts";
import type { TokenIssuer } from "./token-issuer.ts";

type Admission = { admitted: true; principal: string } | { admitted: false; problem: ApiProblem };

const REALM = 'Bearer realm="khotan sandbox"';

/** RFC 6750 §3: no `error` when no credential came at all, `invalid_token` when one came and failed. */
function refused(message: string, tokenError?: string): Admission {
  const challenge = tokenError ? `${REALM}, error="invalid_token", error_description="${tokenError}"` : REALM;
  return {
    admitted: false,
    problem: new ApiProblem(401, "unauthorized", message, { headers: { "www-authenticate": challenge } }),
  };
}

/**
 * Decides by the first credential presented: `Authorization`, else `x-api-key`, else `?api_key=`.
 * A wrong one is refused even when a right one comes along, as real APIs do.
 */
function admit(c: SandboxContext, credentials: SandboxCredentials, tokens: TokenIssuer): Admission {
  const authorization = c.req.header("authorization");
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) return refused("Use the Bearer scheme.", "Only the Bearer scheme is accepted");
    if (sameSecret(token, credentials.bearerToken)) return { admitted: true, principal: "bearer" };
    const verdict = tokens.check(token);
    if (verdict === "active") return { admitted: true, principal: "oauth" };
    return verdict === "expired"
      ? refused("The access token has expired. Get a new one at POST /oauth/token.", "The access token expired")
      : refused("This bearer token is not known.", "The access token is not known");
  }
  const apiKey = c.req.header("x-api-key") ?? c.req.query("api_key");
  if (apiKey === undefined) return refused("Send a bearer token, an x-api-key header or ?api_key=.");
  return sameSecret(apiKey, credentials.apiKey)
    ? { admitted: true, principal: "api-key" }
    : refused("This API key is not known.");
}

/** Lets a request in through any of the three doors, or answers 401 with `WWW-Authenticate`. */
export function doorGuard(credentials: SandboxCredentials, tokens: TokenIssuer): MiddlewareHandler<SandboxEnv> {
  return async (c, next) => {
    const admission = admit(c, credentials, tokens);
    if (!admission.admitted) throw admission.problem;
    c.set("principal", admission.principal);
    await next();
  };
}
