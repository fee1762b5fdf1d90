import { and, eq } from "drizzle-orm";
import type { Listener } from "../changes/listener.ts";
import { connections } from "../database/schema/index.ts";
import { type AnyPlug, PlugAuthError, type Renewal } from "../plugs/index.ts";
import type { VarValues } from "./connection-vars.ts";
import type { ConnectionRow } from "./locked-connection.ts";
import { type ClaimParts, carryOut, claimRow, openRow } from "./renewal-claim.ts";

/** Replaces stored credentials of connections, one process at a time for each. */
export interface Renewals {
  /** @returns the variables as they are stored now. @throws PlugAuthError */
  renew(plug: AnyPlug, tenant: string, renewal: Renewal): Promise<VarValues>;
  /** Resolves when nothing is being renewed here: tokens that were had must be stored before a process ends. */
  idle(): Promise<void>;
}

interface Parts extends ClaimParts {
  readonly listener: Pick<Listener, "on">;
}

const LONGEST_WAIT_MS = 90_000;
/** Whoever waits is told by NOTIFY, and looks this often anyway. */
const LOOK_MS = 200;

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
      const vars = openRow(parts, row);
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
