import type { CustomFetch, ServerMetadata } from "openid-client";
import { PlugAuthError } from "../plugs/errors/plug-auth-error.ts";
import type { OAuthAddresses } from "./oauth-options.ts";
import type { OpenidLibrary } from "./openid-library.ts";
import { requireSecure } from "./secure-address.ts";

/** What a server says of itself is asked again after this. */
const KEEP_MS = 3_600_000;
const MANY = 1_000;

interface Known {
  readonly found: Promise<ServerMetadata>;
  readonly until: number;
}
const known = new Map<string, Known>();

/**
 * The server's addresses: discovered when there is an issuer, and those that are given.
 *
 * @throws PlugAuthError, or what the library throws when discovery fails.
 */
export async function serverMetadata(
  library: OpenidLibrary,
  addresses: OAuthAddresses,
  send: CustomFetch,
  plug: string,
): Promise<ServerMetadata> {
  const { issuer, authorizationUrl, tokenUrl, revocationUrl } = addresses;
  const given = {
    ...(authorizationUrl === undefined ? {} : { authorization_endpoint: authorizationUrl }),
    ...(tokenUrl === undefined ? {} : { token_endpoint: tokenUrl }),
    ...(revocationUrl === undefined ? {} : { revocation_endpoint: revocationUrl }),
  };
  if (issuer !== undefined) return { ...(await discovered(library, issuer, send, plug)), ...given };
  if (tokenUrl === undefined) {
    throw new PlugAuthError({
      code: "auth_failed",
      plug,
      message: `${plug}: there is neither an issuer nor a token address`,
      hint: "Give oauth2({ issuer }) or oauth2({ tokenUrl }).",
      retryable: false,
    });
  }
  // Never compared with anything: without an issuer, `iss` of an answer is left aside.
  return { issuer: new URL(tokenUrl).origin, ...given };
}

function discovered(library: OpenidLibrary, issuer: string, send: CustomFetch, plug: string): Promise<ServerMetadata> {
  const before = known.get(issuer);
  if (before && before.until > performance.now()) return before.found;
  if (known.size >= MANY) known.clear();
  const found = discover(library, issuer, send, plug);
  known.set(issuer, { found, until: performance.now() + KEEP_MS });
  found.catch(() => known.delete(issuer)); // it may answer the next time
  return found;
}

async function discover(
  library: OpenidLibrary,
  issuer: string,
  send: CustomFetch,
  plug: string,
): Promise<ServerMetadata> {
  const execute = requireSecure(plug, issuer) === "loopback" ? [library.allowInsecureRequests] : [];
  const ask = async (algorithm: "oidc" | "oauth2") => {
    const config = await library.discovery(new URL(issuer), "discovery", undefined, library.None(), {
      algorithm,
      execute,
      [library.customFetch]: send,
    });
    return { ...config.serverMetadata() };
  };
  try {
    return await ask("oidc");
  } catch (error) {
    return await ask("oauth2").catch(() => Promise.reject(error)); // RFC 8414 has another address for the same
  }
}
