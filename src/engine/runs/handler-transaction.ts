import type { Adapter, Transaction } from "../database/adapter.ts";

/** Thrown inside the transaction to undo it; never seen outside. */
class Rollback extends Error {}

export interface HandlerTransaction {
  /** Handed to handlers as `ctx.transaction`. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  readonly used: boolean;
  /**
   * Run `finish` as the last statement of the transaction and commit. When it
   * answers `false` (the lease was lost) everything is undone.
   */
  commit(finish: (tx: Transaction) => Promise<boolean>): Promise<boolean>;
  rollback(): Promise<void>;
}

/** So many attempts of this process may hold a transaction at once; the rest wait, holding no connection. */
export interface TransactionSlots {
  acquire(): Promise<() => void>;
}

export function createTransactionSlots(max: number): TransactionSlots {
  let free = max;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return {
    async acquire() {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let released = false;
      return () => {
        if (!released) release();
        released = true;
      };
    },
  };
}

/**
 * One database transaction for one attempt, opened by the handler's first call
 * and ended together with the delivery. Each call is a savepoint, so that one
 * that throws and is caught by the handler leaves the others intact.
 */
export function openHandlerTransaction(adapter: Adapter, slots: TransactionSlots): HandlerTransaction {
  let opened: Promise<Open> | null = null;
  let ended = false;
  let last: Promise<unknown> = Promise.resolve();
  const revokers: (() => void)[] = [];
  const revokeAll = () => {
    for (const revoke of revokers) revoke();
  };

  return {
    get used() {
      return opened !== null;
    },
    async run(work) {
      if (ended) throw new Error("The run has ended; its transaction is closed.");
      opened ??= open(adapter, slots);
      const { tx } = await opened;
      // One connection carries one statement at a time, and savepoints nest: calls made at once take turns.
      const turn = last.then(() =>
        tx.transaction((inner) => {
          // A handler left behind must not write through a handle whose transaction is over.
          const { proxy, revoke } = Proxy.revocable(inner, {});
          revokers.push(revoke);
          return work(proxy);
        }),
      );
      last = turn.catch(() => undefined);
      return await turn;
    },
    async commit(finish) {
      ended = true;
      if (!opened) throw new Error("there is no transaction to commit");
      const { tx, end, done } = await opened;
      await last;
      let kept = false;
      try {
        kept = await finish(tx);
      } finally {
        revokeAll();
        end(kept);
      }
      await done;
      return kept;
    },
    async rollback() {
      ended = true;
      if (!opened) return;
      const { end, done } = await opened;
      await Promise.race([last, patience()]);
      revokeAll();
      end(false);
      await done;
    },
  };
}

/** A handler that hangs inside its transaction is not waited for any longer. */
const patience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 2_000).unref();
  });

interface Open {
  readonly tx: Transaction;
  /** Let the transaction commit (`true`) or roll back. */
  readonly end: (keep: boolean) => void;
  /** Settles when it has; rejects when the commit failed. */
  readonly done: Promise<void>;
}

async function open(adapter: Adapter, slots: TransactionSlots): Promise<Open> {
  const release = await slots.acquire();
  return await new Promise<Open>((resolve, reject) => {
    let end: (keep: boolean) => void = () => undefined;
    const decision = new Promise<boolean>((decide) => {
      end = decide;
    });
    const done: Promise<void> = adapter.db
      .transaction(async (tx) => {
        resolve({ tx, end, done: finished });
        if (!(await decision)) throw new Rollback();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Rollback)) throw error;
      })
      .finally(release);
    const finished = done;
    done.catch(reject); // before it opened: the caller is told; after that `reject` does nothing
  });
}
