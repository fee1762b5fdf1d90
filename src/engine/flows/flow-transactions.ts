import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Counters } from "../../contract/index.ts";
import { type Adapter, type Executor, rows, type Transaction } from "../database/adapter.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import { addedCounters, addTo } from "./add-counters.ts";
import type { FlowLease } from "./flow-lease.ts";

/** The transactions of one attempt of a flow, and what is counted in them. */
export interface FlowTransactions {
  /** `ctx.transaction`. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The transaction that is open around the caller, else the database. */
  readonly current: Pick<Executor, "execute">;
  readonly isOpen: boolean;
  /** `ctx.count`. */
  count(counters: Counters): void;
  /** The counters that no transaction has stored yet; asked for at the end. */
  takeCounters(): Counters;
}

interface Scope {
  readonly tx: Transaction;
  readonly counted: Record<string, number>;
  /** The newest call within it: savepoints nest, so calls made at once take turns. */
  last: Promise<unknown>;
}

export interface FlowTransactionParts {
  readonly adapter: Adapter;
  readonly slots: TransactionSlots;
  readonly lease: FlowLease;
  /** Counters were stored. */
  readonly onStored: () => void;
}

/**
 * Transactions that commit one by one, each only while this process still holds
 * the run and nobody cancelled it. What is counted inside is part of it; the
 * scope is known by the calls themselves (AsyncLocalStorage), so an author
 * cannot forget to pass it on.
 */
export function openFlowTransactions({ adapter, slots, lease, onStored }: FlowTransactionParts): FlowTransactions {
  const scopes = new AsyncLocalStorage<Scope>();
  const outside: Record<string, number> = {};

  async function within<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>) {
    const counted: Record<string, number> = {};
    // A flow left behind must not write through a handle whose transaction is over.
    const { proxy, revoke } = Proxy.revocable(tx, {});
    try {
      return { counted, value: await scopes.run({ tx: proxy, counted, last: Promise.resolve() }, () => work(proxy)) };
    } finally {
      revoke();
    }
  }

  async function outermost<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const release = await slots.acquire();
    let taken: Counters = {};
    try {
      const value = await adapter.db.transaction(async (tx) => {
        const done = await within(tx, work);
        taken = takeOutside();
        addTo(done.counted, taken);
        await storeCounters(tx, lease, done.counted);
        return done.value;
      });
      onStored();
      return value;
    } catch (error) {
      addTo(outside, taken);
      throw error;
    } finally {
      release();
    }
  }

  async function nested<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const turn = scope.last.then(() => scope.tx.transaction((inner) => within(inner, work)));
    scope.last = turn.catch(() => undefined);
    const done = await turn;
    addTo(scope.counted, done.counted);
    return done.value;
  }

  function takeOutside(): Counters {
    const taken = { ...outside };
    for (const counter of Object.keys(outside)) delete outside[counter];
    return taken;
  }

  return {
    async run(work) {
      const scope = scopes.getStore();
      return await (scope ? nested(scope, work) : outermost(work));
    },
    get current() {
      return scopes.getStore()?.tx ?? adapter.db;
    },
    get isOpen() {
      return scopes.getStore() !== undefined;
    },
    count(counters) {
      addTo(scopes.getStore()?.counted ?? outside, counters);
    },
    takeCounters: takeOutside,
  };
}

const keptRow = z.object({ ok: z.literal(1) });

/** The last statement of each transaction: it holds the run still until the commit. */
async function storeCounters(tx: Transaction, { runId, leaseToken }: FlowLease, counted: Counters): Promise<void> {
  const kept = await rows(
    tx,
    sql`
      update khotan_runs r
      set counters = ${addedCounters(sql`r.counters`, sql`${JSON.stringify(counted)}::text::jsonb`)}
      where r.id = ${runId}::uuid and r.lease_token = ${leaseToken}::uuid and r.status = 'running'
        and r.cancel_requested_at is null
      returning 1 as ok
    `,
    keptRow,
  );
  if (kept.length > 0) return;
  throw Object.assign(new Error("The run was cancelled or goes on elsewhere; nothing was written."), {
    code: "run_superseded",
  });
}
