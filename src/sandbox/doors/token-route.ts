import { Hono } from "hono";
import type { SandboxCredentials } from "../demo-credentials.ts";
import type { SandboxContext, SandboxEnv } from "../http/sandbox-env.ts";
import { sameSecret } from "./same-secret.ts";
import type { TokenIssuer } from "./token-issuer.ts";

/** RFC 6749 §2.3.1: HTTP Basic, whose parts are form-encoded, or the two fields in the body. */
function clientOf(c: SandboxContext, form: URLSearchParams): { id: string; secret: string } | undefined {
  const basic = /^Basic +(\S+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (basic === undefined) {
    const [id, secret] = [form.get("client_id"), form.get("client_secret")];
    return id !== null && secret !== null ? { id, secret } : undefined;
  }
  const [id = "", ...rest] = Buffer.from(basic, "base64").toString("utf8").split(":");
  const decode = (text: string) => new URLSearchParams(`v=${text}`).get("v") ?? "";
  return { id: decode(id), secret: decode(rest.join(":")) };
}

/** `POST /oauth/token`, grant `client_credentials` (RFC 6749 §4.4, errors as in §5.2). */
export function tokenRoute(credentials: SandboxCredentials, tokens: TokenIssuer): Hono<SandboxEnv> {
  const refuse = (c: SandboxContext, status: 400 | 401, error: string, description: string) =>
    c.json({ error, error_description: description }, status, {
      "cache-control": "no-store",
      ...(status === 401 ? { "www-authenticate": 'Basic realm="khotan sandbox"' } : {}),
    });

  return new Hono<SandboxEnv>().post("/token", (c) => {
    if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header("content-type") ?? ""))
      return refuse(c, 400, "invalid_request", "The body must be application/x-www-form-urlencoded");
    const form = new URLSearchParams(c.get("body"));
    const client = clientOf(c, form);
    const known =
      client !== undefined &&
      sameSecret(client.id, credentials.clientId) &&
      sameSecret(client.secret, credentials.clientSecret);
    if (!known) return refuse(c, 401, "invalid_client", "The client id or secret is wrong");
    const grant = form.get("grant_type");
    if (grant === null) return refuse(c, 400, "invalid_request", "grant_type is missing");
    if (grant !== "client_credentials")
      return refuse(c, 400, "unsupported_grant_type", "Only client_credentials is supported");
    const { accessToken, expiresInSeconds } = tokens.issue();
    return c.json({ access_token: accessToken, token_type: "Bearer", expires_in: expiresInSeconds }, 200, {
      "cache-control": "no-store",
      pragma: "no-cache",
    });
  });
}
