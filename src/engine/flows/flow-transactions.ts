import type { Counters } from "../../contract/index.ts";
import { asyncScope } from "../async-scope.ts";
import type { Database, Executor, Transaction } from "../database/adapter.ts";
import { addTo } from "./add-counters.ts";

/** The transactions of one attempt of a flow, and what is counted in them. */
export interface FlowTransactions {
  /** `ctx.transaction`. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The transaction that is open around the caller, else the database. */
  readonly current: Pick<Executor, "execute">;
  readonly isOpen: boolean;
  /** Whether `count` may be called outside of a transaction. */
  readonly keepsOutside: boolean;
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
  readonly db: Database;
  /** Do the work in a transaction of its own, and commit. */
  readonly begin: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;
  /** The last statement of each transaction: store what was counted, or throw if nothing may be written any more. */
  readonly store: (tx: Transaction, counted: Counters) => Promise<void>;
  /** Told after each commit. */
  readonly onStored: () => void;
  /** Whether what is counted outside is kept for later; a step of a workflow has no later. */
  readonly keepsOutside: boolean;
}

/**
 * Transactions that commit one by one. What is counted inside is part of it; the
 * scope is known by the calls themselves (`asyncScope`), so an author
 * cannot forget to pass it on.
 */
export function openFlowTransactions(parts: FlowTransactionParts): FlowTransactions {
  const scopes = asyncScope<Scope>();
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
    let taken: Counters = {};
    try {
      const value = await parts.begin(async (tx) => {
        const done = await within(tx, work);
        taken = takeOutside();
        addTo(done.counted, taken);
        await parts.store(tx, done.counted);
        return done.value;
      });
      parts.onStored();
      return value;
    } catch (error) {
      addTo(outside, taken);
      throw error;
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
      const scope = scopes.get();
      return await (scope ? nested(scope, work) : outermost(work));
    },
    get current() {
      return scopes.get()?.tx ?? parts.db;
    },
    get isOpen() {
      return scopes.get() !== undefined;
    },
    count(counters) {
      const scope = scopes.get();
      if (!scope && !parts.keepsOutside)
        throw new Error("In a step, count within `transaction`: it is what keeps the figures.");
      addTo(scope?.counted ?? outside, counters);
    },
    takeCounters: takeOutside,
    keepsOutside: parts.keepsOutside,
  };
}
