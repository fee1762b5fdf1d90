import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { newUuid } from "../../contract/index.ts";
import type { Listener } from "../changes/listener.ts";
import type { Adapter } from "../database/adapter.ts";
import { connections } from "../database/schema/index.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { describeError } from "../describe-error.ts";
import type { Logger } from "../logger.ts";
import { consentEndsAt, readToken } from "../oauth/token-vars.ts";
import { type AnyPlug, PlugAuthError, type Renewal, type VarPatch, type VarRecord } from "../plugs/index.ts";
import { toFailure, withoutStack } from "../runs/failure.ts";
import type { SecretBox } from "../security/secret-box.ts";
import { mergeVars } from "../vars/merge-vars.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import type { ConnectionVarsStore, VarValues } from "./connection-vars.ts";
import { type ConnectionRow, lockConnection, NO_RENEWAL, saveConnection } from "./locked-connection.ts";

/** Replaces stored credentials of connections, one process at a time for each. */
export interface Renewals {
  /** @returns the variables as they are stored now. @throws PlugAuthError */
  renew(plug: AnyPlug, tenant: string, renewal: Renewal): Promise<VarValues>;
  /** Resolves when nothing is being renewed here: tokens that were had must be stored before a process ends. */
  idle(): Promise<void>;
}

interface Parts {
  readonly adapter: Adapter;
  readonly secrets: () => SecretBox;
  readonly connectionVars: ConnectionVarsStore;
  readonly listener: Pick<Listener, "on">;
  readonly log: Logger;
}

/** Longer than a request for a token may take, so that nobody takes over while the answer is on its way. */
const LEASE_MS = 30_000;
const LONGEST_WAIT_MS = 90_000;
/** Whoever waits is told by NOTIFY, and looks this often anyway. */
const LOOK_MS = 200;
const STORE_ATTEMPTS = 8;

/**
 * The rule is: a refresh token is used once. So before it is sent its row is claimed, by compare-and-swap on the row's
 * version, and what comes back is stored only while the claim stands. The row is locked for these two statements only:
 * holding a lock, and a connection of the pool, while a foreign server thinks would let one slow server stop everything.
 */
export function createRenewals(parts: Parts): Renewals {
  const running = new Map<string, Promise<VarValues>>();

  async function renew(plug: AnyPlug, tenant: string, renewal: Renewal): Promise<VarValues> {
    const giveUpAt = performance.now() + LONGEST_WAIT_MS;
    while (performance.now() < giveUpAt) {
      const row = await readRow(parts, plug, tenant);
      const vars = open(parts, row);
      if (renewal.isDone(vars)) return vars;
      if (row.status === "expired") throw stillExpired(plug.name, row);
      const claim = await claimRow(parts.adapter, row);
      if (claim === null) await heardOrAWhile(parts.listener);
      else {
        const stored = await carryOut(parts, { plug, row, vars, claim }, renewal);
        if (stored !== null) return stored;
      }
    }
    throw new PlugAuthError({
      code: "auth_failed",
      plug: plug.name,
      message: `${plug.name}: another process has been renewing the token of tenant "${tenant}" for too long`,
      hint: "Is the authorization server very slow?",
      retryable: true,
    });
  }

  /** Calls of this process that want the same share one attempt, and its failure. */
  async function renewOnce(plug: AnyPlug, tenant: string, renewal: Renewal): Promise<VarValues> {
    const key = `${plug.name}/${tenant}`;
    const before = running.get(key);
    if (before) {
      const vars = await before;
      if (renewal.isDone(vars)) return vars;
      return await renewOnce(plug, tenant, renewal);
    }
    const mine = renew(plug, tenant, renewal).finally(() => running.delete(key));
    running.set(key, mine);
    return await mine;
  }

  return {
    renew: renewOnce,
    async idle() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}

async function readRow({ adapter, connectionVars }: Parts, plug: AnyPlug, tenant: string): Promise<ConnectionRow> {
  const find = async () => {
    const where = and(eq(connections.plug, plug.name), eq(connections.tenant, tenant));
    return (await adapter.db.select().from(connections).where(where))[0];
  };
  const row = await find();
  if (row) return row;
  // Credentials of the code alone: the default tenant has had nothing to store so far.
  await connectionVars.write({ plug: plug.name, tenant, fields: plug.fields, patch: {}, actor: null });
  const made = await find();
  if (!made) throw new Error("the connection vanished between insert and read");
  return made;
}

const open = ({ secrets }: Parts, row: ConnectionRow): VarValues =>
  openVars(secrets(), row.envelope, varsIdentity("connection", row.plug, row.tenant));

/** @returns the claim, or `null` when somebody else has one or has changed the row since it was read. */
async function claimRow(adapter: Adapter, row: ConnectionRow): Promise<string | null> {
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

interface Claimed {
  readonly plug: AnyPlug;
  readonly row: ConnectionRow;
  readonly vars: VarRecord;
  readonly claim: string;
}

/** @returns `null` when the row was changed meanwhile, so that one has to look again. */
async function carryOut(parts: Parts, claimed: Claimed, renewal: Renewal): Promise<VarValues | null> {
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
async function storeStubbornly(parts: Parts, claimed: Claimed, patch: VarPatch): Promise<VarValues | null> {
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
async function finish(parts: Parts, claimed: Claimed, outcome: Outcome): Promise<VarValues | false> {
  const { plug, row, claim } = claimed;
  const { adapter, connectionVars } = parts;
  const box = parts.secrets();
  const done = await adapter.db.transaction(async (tx): Promise<VarValues | false> => {
    const locked = await lockConnection(tx, row.plug, row.tenant);
    if (!locked || locked.renewingBy !== claim) return false;
    const stored = open(parts, locked);
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

const stillExpired = (plug: string, row: ConnectionRow): PlugAuthError =>
  new PlugAuthError({
    code: "auth_expired",
    plug,
    message: row.error?.message ?? `${plug}: the connection of tenant "${row.tenant}" has expired`,
    hint: row.error?.hint ?? "Connect again.",
    retryable: false,
  });

function heardOrAWhile(listener: Pick<Listener, "on">): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      deaf();
      resolve();
    };
    const timer = setTimeout(done, LOOK_MS);
    const deaf = listener.on(({ t }) => {
      if (t === "connections") done();
    });
  });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
