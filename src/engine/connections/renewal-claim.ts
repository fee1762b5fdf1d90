import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { newUuid } from "../../contract/index.ts";
import type { Adapter } from "../database/adapter.ts";
import { connections } from "../database/schema/index.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { describeError } from "../describe-error.ts";
import type { Logger } from "../logger.ts";
import { consentEndsAt, readToken } from "../oauth/token-vars.ts";
import { type AnyPlug, PlugAuthError, type Renewal, type VarPatch } from "../plugs/index.ts";
import { toFailure, withoutStack } from "../runs/failure.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { mergeVars } from "../vars/merge-vars.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import type { ConnectionVarsStore, VarValues } from "./connection-vars.ts";
import { type ConnectionRow, lockConnection, NO_RENEWAL, saveConnection } from "./locked-connection.ts";

export interface ClaimParts {
  readonly adapter: Adapter;
  readonly secrets: () => SecretBox;
  readonly connectionVars: ConnectionVarsStore;
  readonly log: Logger;
}

/** Longer than a request for a token may take, so that nobody takes over while the answer is on its way. */
const LEASE_MS = 30_000;
const STORE_ATTEMPTS = 8;

/** The variables of a row, decrypted. */
export const openRow = ({ secrets }: Pick<ClaimParts, "secrets">, row: ConnectionRow): VarValues =>
  openVars(secrets(), row.envelope, varsIdentity("connection", row.plug, row.tenant));

/** @returns the claim, or `null` when somebody else has one or has changed the row since it was read. */
export async function claimRow(adapter: Adapter, row: ConnectionRow): Promise<string | null> {
  const claim = newUuid();
  const claimed = await adapter.db
    .update(connections)
    .set({ renewingBy: claim, renewingUntil: sql`now() + ${LEASE_MS} * interval '1 millisecond'` })
    .where(
      and(
        eq(connections.id, row.id),
        eq(connections.version, row.version),
        or(isNull(connections.renewingUntil), lt(connections.renewingUntil, sql`now()`)),
      ),
    )
    .returning({ id: connections.id });
  return claimed.length > 0 ? claim : null;
}

export interface Claimed {
  readonly plug: AnyPlug;
  readonly row: ConnectionRow;
  readonly vars: VarValues;
  readonly claim: string;
}

/** Renew under the claim, and store what came of it. @returns `null` when the row was changed meanwhile: look again. */
export async function carryOut(parts: ClaimParts, claimed: Claimed, renewal: Renewal): Promise<VarValues | null> {
  let patch: VarPatch;
  try {
    patch = await renewal.renew(claimed.vars);
  } catch (error) {
    const expired = error instanceof PlugAuthError && error.code === "auth_expired" ? error : null;
    const isOurs = await finish(parts, claimed, expired ? { expired } : {});
    if (isOurs || !expired) throw error;
    return null; // refused because somebody has stored a newer one meanwhile: use that
  }
  return await storeStubbornly(parts, claimed, patch);
}

/** A rotated refresh token exists once: losing it means that a person has to consent again. */
async function storeStubbornly(parts: ClaimParts, claimed: Claimed, patch: VarPatch): Promise<VarValues | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await finish(parts, claimed, { patch })) || null;
    } catch (error) {
      if (!isConnectionError(error) || attempt === STORE_ATTEMPTS) throw error;
      parts.log.warn(
        { plug: claimed.plug.name, error: describeError(error) },
        "a new token could not be stored; trying again",
      );
      await pause(100 * 2 ** attempt);
    }
  }
}

interface Outcome {
  readonly patch?: VarPatch;
  readonly expired?: PlugAuthError;
}

/**
 * Give the claim back, with what came of it: as long as the stored token is still the one that was to be replaced. It is
 * another one when somebody consented anew, and gone when somebody disconnected; neither may be undone.
 *
 * @returns the variables; `false` when nothing came of it.
 */
async function finish(parts: ClaimParts, claimed: Claimed, outcome: Outcome): Promise<VarValues | false> {
  const { plug, row, claim } = claimed;
  const { adapter, connectionVars } = parts;
  const box = parts.secrets();
  const done = await adapter.db.transaction(async (tx): Promise<VarValues | false> => {
    const locked = await lockConnection(tx, row.plug, row.tenant);
    if (!locked || locked.renewingBy !== claim) return false;
    const stored = openRow(parts, locked);
    const isOurs = readToken(stored)?.accessToken === readToken(claimed.vars)?.accessToken;
    const { patch = {}, expired } = isOurs ? outcome : {};
    const vars = mergeVars(plug.fields, stored, patch, { hidden: true });
    await saveConnection(tx, box, locked, vars, {
      ...NO_RENEWAL,
      ...(isOurs && outcome.patch ? { status: "active", error: null, expiresAt: consentEndsAt(vars) } : {}),
      ...(expired ? { status: "expired", error: withoutStack(toFailure(expired)) } : {}),
    });
    return isOurs && vars;
  });
  connectionVars.forget();
  return done;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
