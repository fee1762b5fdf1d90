import { randomBytes } from "node:crypto";
import type { Consent, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { PlugAuthError } from "../plugs/index.ts";
import { type ConsentCookie, cookieName } from "./consent-cookie.ts";
import { consentUrl } from "./consent-protocol.ts";
import { hashOf, keepConsent } from "./consent-store.ts";
import { redirectUriAt, requireConsentDoor } from "./oauth-door.ts";

export interface BeginConsent {
  readonly plug: string;
  readonly tenant: string;
  /** Where the person's browser sees the hub. */
  readonly origin: string;
  readonly returnTo: string;
  readonly actor: Principal;
}

const random = (): string => randomBytes(32).toString("base64url");

/**
 * Begin a consent: make the address where a person gives it, and the cookie that lets only this browser finish it.
 *
 * @throws KhotanError `plug_not_found`, `conflict`, `variables_missing`, `consent_failed` when the server cannot be found.
 */
export async function beginConsent(
  engine: Engine,
  request: BeginConsent,
): Promise<{ readonly consent: Consent; readonly cookie: ConsentCookie }> {
  const { plug, tenant, origin, returnTo, actor } = request;
  const door = await requireConsentDoor(engine, plug, tenant);
  const proof = { state: random(), verifier: random(), nonce: random(), redirectUri: redirectUriAt(engine, origin) };
  const url = await consentUrl(door.options, door.context, proof).catch((error: unknown) => {
    throw error instanceof PlugAuthError ? consentFailed(error) : error;
  });
  const cookie = { name: cookieName(hashOf(proof.state)), value: random() };
  const begun = { plug, tenant, actor, proof, returnTo };
  const expiresAt = await keepConsent(engine.adapter, engine.secrets(), begun, cookie.value);
  return {
    consent: { url: url.href, redirectUri: proof.redirectUri, expiresAt: expiresAt.toISOString() },
    cookie,
  };
}

const consentFailed = (error: PlugAuthError): KhotanError =>
  error.code === "auth_missing"
    ? new KhotanError("variables_missing", error.message, { hint: error.hint })
    : new KhotanError("consent_failed", error.message, { hint: error.hint });
