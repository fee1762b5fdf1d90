import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

export const CLIENT_ID = "khotan-test";
export const CLIENT_SECRET = "a-client-secret-that-nobody-sees";
export const SCOPES = ["openid", "offline_access"] as const;

export interface OidcServer extends AsyncDisposable {
  readonly url: string;
  /** Grants of the requests for a token, in order. */
  readonly tokenRequests: string[];
  /** Whether the person at the consent page says yes. */
  consents: boolean;
  /** What the token endpoint answers instead, when it is set. */
  outage: { readonly status: number; readonly body: unknown } | null;
  /** Holds every request for a token until it resolves. */
  gate: Promise<void> | null;
  /** Requests to the protected API at `/api`, by how they were answered. */
  readonly apiAnswers: number[];
}

/**
 * A real authorization server (oidc-provider) with rotating refresh tokens, an API that its tokens open, and a person who
 * signs in and consents at once. Access tokens live for an hour.
 */
export async function oidcServer(redirectUris: readonly string[]): Promise<OidcServer> {
  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void = () => undefined;
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const url = `http://127.0.0.1:${port}`;
  const provider = new Provider(url, await configuration(redirectUris));
  const own: OidcServer = {
    url,
    tokenRequests: [],
    consents: true,
    outage: null,
    gate: null,
    apiAnswers: [],
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
    const status = found?.isValid === true ? 200 : 401;
    own.apiAnswers.push(status);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ok: status === 200 }));
  }

  async function atTheConsentPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (!own.consents) {
      await provider.interactionFinished(request, response, { error: "access_denied", error_description: "not me" });
    } else if (prompt.name === "login") {
      await provider.interactionFinished(request, response, { login: { accountId: "ada" } });
    } else {
      const grant = new provider.Grant({ accountId: session?.accountId ?? "ada", clientId: String(params.client_id) });
      grant.addOIDCScope(String(params.scope));
      await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
    }
  }

  async function noteTokenRequest(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    own.tokenRequests.push(new URLSearchParams(body).get("grant_type") ?? "");
    Object.assign(request, { body }); // the provider takes a body that was read already
    await own.gate;
    if (own.outage === null) return true;
    response.writeHead(own.outage.status, { "content-type": "application/json" });
    response.end(JSON.stringify(own.outage.body));
    return false;
  }

  const callback = provider.callback();
  handle = async (request, response) => {
    const path = request.url ?? "";
    if (path.startsWith("/api")) return await answerApi(request, response);
    if (path.startsWith("/interaction/")) return await atTheConsentPage(request, response);
    if (path === "/token" && !(await noteTokenRequest(request, response))) return;
    callback(request, response);
  };
  return own;
}

async function configuration(redirectUris: readonly string[]): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: redirectUris,
        grant_types: ["authorization_code", "refresh_token", "client_credentials"],
        response_types: ["code"],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: "test" }] },
    cookies: { keys: ["a-cookie-key"] },
    scopes: [...SCOPES],
    claims: { openid: ["sub"] },
    findAccount: (_context: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    ttl: {
      AccessToken: 3_600,
      ClientCredentials: 3_600,
      RefreshToken: 86_400,
      Session: 600,
      Grant: 86_400,
      Interaction: 600,
      IdToken: 600,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: () => true },
    },
  };
}
