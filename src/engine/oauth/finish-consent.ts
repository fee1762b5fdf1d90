import type { ErrorCode, Principal } from "../../contract/index.ts";
import { newUuid } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { lockConnection, NO_RENEWAL, saveConnection } from "../connections/locked-connection.ts";
import type { Engine } from "../context.ts";
import { connections } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { PlugAuthError, type VarPatch } from "../plugs/index.ts";
import { equalInConstantTime } from "../security/constant-time.ts";
import { mergeVars } from "../vars/merge-vars.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import { cookieName, readCookie } from "./consent-cookie.ts";
import { tokenForConsent } from "./consent-protocol.ts";
import { hashOf, type TakenConsent, takeConsent } from "./consent-store.ts";
import { requireConsentDoor } from "./oauth-door.ts";
import { consentEndsAt, readToken } from "./token-vars.ts";

export interface FinishConsent {
  /** What the browser brought back from the provider. */
  readonly answer: URLSearchParams;
  /** The request's `Cookie` header. */
  readonly cookies: string | null;
  readonly requestId?: string;
}

/** How a consent ended. */
export type ConsentOutcome =
  | { readonly kind: "connected"; readonly plug: string; readonly tenant: string; readonly returnTo: string }
  | {
      readonly kind: "failed";
      readonly plug: string;
      readonly tenant: string;
      readonly returnTo: string;
      readonly code: ErrorCode;
    };

/**
 * Finish a consent. Its state is used up by the first attempt, whatever comes of it.
 *
 * @throws KhotanError `consent_invalid` when the state is not known, was used, is too old, or belongs to another browser:
 * then nobody is told whose it was.
 */
export async function finishConsent(engine: Engine, request: FinishConsent): Promise<ConsentOutcome> {
  const { answer, cookies, requestId } = request;
  const consent = await takeOwn(engine, answer.get("state") ?? "", cookies);
  const { plug, tenant, returnTo } = consent;
  try {
    if (answer.get("error") === "access_denied") throw new KhotanError("consent_denied", "The consent was denied.");
    const door = await requireConsentDoor(engine, plug, tenant);
    const patch = await tokenForConsent(door.options, door.context, consent.proof, answer);
    await storeToken(engine, consent, patch, requestId);
    return { kind: "connected", plug, tenant, returnTo };
  } catch (error) {
    const code = codeOf(error);
    if (code === null) throw error;
    const message = error instanceof Error ? error.message : "";
    engine.log.warn({ plug, tenant, code, error: message }, "a consent could not be finished");
    await writeAudit(engine.adapter.db, {
      actor: actorOf(consent),
      action: "connection.connect_failed",
      plug,
      tenant,
      requestId,
      data: { code, message },
    });
    return { kind: "failed", plug, tenant, returnTo, code };
  }
}

async function takeOwn(engine: Engine, state: string, cookies: string | null): Promise<TakenConsent> {
  const consent = state === "" ? null : await takeConsent(engine.adapter, engine.secrets(), state);
  const cookie = readCookie(cookies, cookieName(hashOf(state))) ?? "";
  if (consent && !consent.expired && equalInConstantTime(hashOf(cookie), consent.cookieHash)) return consent;
  throw new KhotanError("consent_invalid", "This consent is not known here, was finished before, or is too old.", {
    hint: "Begin again in the Hub, and finish in the same browser within ten minutes.",
  });
}

async function storeToken(engine: Engine, consent: TakenConsent, patch: VarPatch, requestId?: string): Promise<void> {
  const { plug, tenant } = consent;
  const box = engine.secrets();
  const { fields } = engine.registry.plug(plug).plug;
  await engine.adapter.db.transaction(async (tx) => {
    await tx.insert(connections).values({ id: newUuid(), plug, tenant }).onConflictDoNothing();
    const row = await lockConnection(tx, plug, tenant);
    if (!row) throw new Error("the connection vanished between insert and read");
    const stored = openVars(box, row.envelope, varsIdentity("connection", plug, tenant));
    const vars = mergeVars(fields, stored, patch, { hidden: true });
    // Whoever is renewing the old token now must not put it back over this one.
    const change = { ...NO_RENEWAL, status: "active", error: null, expiresAt: consentEndsAt(vars) } as const;
    await saveConnection(tx, box, row, vars, change);
    const scope = readToken(vars)?.scope ?? null;
    await writeAudit(tx, {
      actor: actorOf(consent),
      action: "connection.connect",
      plug,
      tenant,
      requestId,
      data: { scope },
    });
  });
  engine.connectionVars.forget();
}

/** What the person is told; `null` for what is not theirs but ours to look at. */
function codeOf(error: unknown): ErrorCode | null {
  if (error instanceof PlugAuthError) return "consent_failed";
  return error instanceof KhotanError ? error.code : null;
}

/** The role that began it was checked when it began. */
const actorOf = ({ actor, tenant }: TakenConsent): Principal => ({ ...actor, role: "operator", tenants: [tenant] });
