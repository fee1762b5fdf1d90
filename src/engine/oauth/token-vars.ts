import type { VarPatch, VarRecord } from "../plugs/vars/var-definition.ts";

/**
 * The tokens of a connection, as its hidden variables hold them: `_accessToken`, `_refreshToken`, `_expiresAt`, and
 * `_grant` for what is no secret. Both tokens stand alone, so that they are recognised as secrets wherever they turn up;
 * the rest stands together in one text, so that a scope like `read` is not.
 */
export interface StoredToken {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** Epoch milliseconds; `null` when the server does not say. */
  readonly expiresAt: number | null;
  /** Epoch milliseconds. */
  readonly obtainedAt: number;
  /** Fingerprint of the credentials it belongs to: with other credentials it is not ours. */
  readonly madeFor: string;
  /** What was granted; `null` when the server does not say. */
  readonly scope: string | null;
}

const GRANT = /^(\d+)\.([\w-]+)\.(.*)$/s;

/** The tokens of a connection; `null` when it has none. */
export function readToken(vars: VarRecord): StoredToken | null {
  const { _accessToken: accessToken, _refreshToken: refreshToken, _expiresAt: expiresAt, _grant: grant } = vars;
  if (typeof accessToken !== "string" || accessToken === "" || typeof grant !== "string") return null;
  const [, obtainedAt, madeFor, scope] = GRANT.exec(grant) ?? [];
  if (madeFor === undefined) return null; // written by something else
  return {
    accessToken,
    refreshToken: typeof refreshToken === "string" && refreshToken !== "" ? refreshToken : null,
    expiresAt: typeof expiresAt === "number" ? expiresAt : null,
    obtainedAt: Number(obtainedAt),
    madeFor,
    scope: scope === "" || scope === undefined ? null : scope,
  };
}

/** When a person must consent again; `null` when the tokens renew themselves, or never expire. */
export function consentEndsAt(vars: VarRecord): Date | null {
  const token = readToken(vars);
  return token?.refreshToken === null && token.expiresAt !== null ? new Date(token.expiresAt) : null;
}

/** What openid-client made of the answer. */
export interface TokenResponse {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly expires_in?: number | undefined;
  readonly scope?: string | undefined;
}

/** The change that stores a new token. A refresh that brings no new refresh token or scope keeps the old ones (RFC 6749 §6). */
export function tokenPatch(
  answer: TokenResponse,
  known: {
    readonly now: number;
    readonly madeFor: string;
    readonly before: StoredToken | null;
    readonly scope: string | null;
  },
): VarPatch {
  const { now, madeFor, before, scope } = known;
  return {
    _accessToken: answer.access_token,
    _refreshToken: answer.refresh_token ?? before?.refreshToken ?? null,
    _expiresAt: answer.expires_in === undefined ? null : now + answer.expires_in * 1000,
    _grant: `${now}.${madeFor}.${answer.scope ?? before?.scope ?? scope ?? ""}`,
  };
}
