import { newUuid } from "../../contract/index.ts";
import type { Publisher } from "../changes/publisher.ts";
import type { Adapter } from "../database/adapter.ts";
import { isConnectionError } from "../database/sql-state.ts";
import type { Logger } from "../logger.ts";
import type { RecordedExchange } from "../plugs/index.ts";
import type { ConnectionSecrets } from "./connection-secrets.ts";
import { ExchangeBuffer, type WaitingExchange } from "./exchange-buffer.ts";
import { insertExchanges } from "./insert-exchanges.ts";

/** What became of the exchanges of this process. */
export interface ExchangeStats {
  readonly stored: number;
  /** Stored without their bodies, since too many came at once. */
  readonly bodiesDropped: number;
  /** Not stored, since too many came at once. */
  readonly dropped: number;
  /** Not stored, since the database refused them. */
  readonly failed: number;
  readonly waiting: number;
}

/** Keeps outbound calls, soon and together. A call never waits for it and never fails by it. */
export interface ExchangeRecorder {
  /** @returns the exchange's id (UUID), or `null` when it is not kept. */
  record(exchange: RecordedExchange, secrets: () => ConnectionSecrets): string | null;
  /**
   * Resolves when everything taken so far, or everything of one run, is stored or has failed to be.
   * Never rejects, and waits 2 s at most.
   */
  flush(runId?: string): Promise<void>;
  stats(): ExchangeStats;
}

export interface RecorderOptions {
  readonly adapter: Adapter;
  readonly log: Logger;
  readonly publisher: Pick<Publisher, "publish">;
  /** Waiting exchanges; see `ExchangeBuffer`. Default 10,000 and 32 MiB. */
  readonly maxItems?: number;
  readonly maxBytes?: number;
  /** How long the first of a batch waits for company. Default 50. */
  readonly lingerMs?: number;
  /** Pause after the database could not be reached. Default 1,000. */
  readonly retryMs?: number;
  /** How long `flush` waits at most. Default 2,000. */
  readonly flushMs?: number;
}

const BATCH = { maxItems: 200, maxBytes: 2 * 1024 * 1024 };
const WARN_EVERY_MS = 10_000;

/** @example const id = engine.exchanges.record(exchange, secrets); await engine.exchanges.flush(runId); */
export function createExchangeRecorder(options: RecorderOptions): ExchangeRecorder {
  const { adapter, log, publisher, maxItems = 10_000, maxBytes = 32 * 1024 * 1024 } = options;
  const { lingerMs = 50, retryMs = 1_000, flushMs = 2_000 } = options;
  const buffer = new ExchangeBuffer({ maxItems, maxBytes });
  const counts = { stored: 0, bodiesDropped: 0, dropped: 0, failed: 0 };
  /** The newest waiting exchange of each run. */
  const newestOf = new Map<string, number>();
  const watchers = new Set<() => void>();
  let seq = 0;
  let tried = 0;
  let draining = false;
  let timer: NodeJS.Timeout | null = null;
  let warnedAt = Number.NEGATIVE_INFINITY;

  function wake(inMs: number): void {
    if (draining) return;
    if (timer && inMs > 0) return;
    if (timer) clearTimeout(timer);
    timer = null;
    if (inMs === 0) void drain();
    else timer = setTimeout(() => void drain(), inMs).unref();
  }

  async function drain(): Promise<void> {
    timer = null;
    draining = true;
    let reachable = true;
    while (reachable && buffer.size > 0) {
      const batch = buffer.take(BATCH);
      reachable = await store(batch);
      if (!reachable) buffer.putBack(batch);
      settled(batch);
    }
    draining = false;
    if (buffer.size > 0) wake(retryMs);
  }

  /** @returns `false` when the database could not be reached: they wait, and are tried again. */
  async function store(batch: readonly WaitingExchange[]): Promise<boolean> {
    try {
      await insertExchanges(adapter, batch);
      counts.stored += batch.length;
      publisher.publish("exchanges", batch.at(-1)?.id ?? null);
      return true;
    } catch (error) {
      if (isConnectionError(error)) {
        warn("exchanges wait: the database cannot be reached", error);
        return false;
      }
      if (batch.length > 1) return await storeOneByOne(batch);
      counts.failed++;
      warn("an exchange could not be stored", error);
      return true;
    }
  }

  /** One of them is at fault; the others shall not suffer for it. What was stored already is not stored twice. */
  async function storeOneByOne(batch: readonly WaitingExchange[]): Promise<boolean> {
    for (const one of batch) if (!(await store([one]))) return false;
    return true;
  }

  function settled(batch: readonly WaitingExchange[]): void {
    for (const { seq: own, exchange } of batch) {
      tried = Math.max(tried, own);
      if (exchange.runId !== null && newestOf.get(exchange.runId) === own) newestOf.delete(exchange.runId);
    }
    for (const look of [...watchers]) look();
  }

  function warn(message: string, error?: unknown): void {
    const now = Date.now();
    if (now - warnedAt < WARN_EVERY_MS) return;
    warnedAt = now;
    log.warn({ ...counts, waiting: buffer.size, ...(error === undefined ? {} : { error: reasonOf(error) }) }, message);
  }

  return {
    record(exchange, secrets) {
      const item = { id: newUuid(), seq: seq + 1, exchange, secrets };
      const admission = buffer.push(item);
      if (admission === "refused") {
        counts.dropped++;
        warn("more outbound calls are made than can be stored; some are left out");
        return null;
      }
      seq++;
      if (admission === "without_bodies") counts.bodiesDropped++;
      if (exchange.runId !== null) newestOf.set(exchange.runId, item.seq);
      wake(lingerMs);
      return item.id;
    },
    async flush(runId) {
      const until = runId === undefined ? seq : (newestOf.get(runId) ?? 0);
      if (tried >= until || (runId === undefined && buffer.size === 0 && !draining)) return;
      wake(0);
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(limit);
          watchers.delete(look);
          resolve();
        };
        const look = () => {
          if (tried >= until) done();
        };
        const limit = setTimeout(done, flushMs);
        watchers.add(look);
        look();
      });
    },
    stats: () => ({ ...counts, waiting: buffer.size }),
  };
}

/** Drizzle's own message holds the whole statement with its values; the cause is one sentence. */
function reasonOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return String(cause).slice(0, 300);
}
