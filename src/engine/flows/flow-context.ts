import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { Counter, Counters, FlowKind, RunSource } from "../../contract/index.ts";
import type { BulkCounts, BulkRecord, BulkRecords, BulkUpsertOptions } from "../bulk/index.ts";
import type { Transaction } from "../database/adapter.ts";
import type { ConnectionVars, RunLog } from "../handlers/context.ts";
import type { Stores } from "../handlers/stores.ts";
import type { AnyPlug, BoundPlugOf, VarPatch } from "../plugs/index.ts";
import type { Resource } from "../resources/resource.ts";

/** Where a flow got to. Kept per flow, variant and tenant, until it is set again. */
export interface FlowCursor {
  /** `null` before the first `set`. `T` is your word for it; pass a schema to have it checked. */
  get<T = unknown>(schema?: z.ZodType<T>): Promise<T | null>;
  /**
   * Remember how far the flow is. Called within `ctx.transaction` it commits with what was written there, or not at all;
   * elsewhere it commits at once. Any JSON value.
   */
  set(value: unknown): Promise<void>;
  clear(): Promise<void>;
  /** One more cursor of this flow, e.g. one for each folder. */
  named(name: string): FlowCursor;
  /** The cursor that all variants of this flow share. */
  readonly shared: FlowCursor;
}

/** What a flow keeps things in. Within `ctx.transaction` all of it is part of that transaction. */
export interface FlowStores extends Stores {
  /**
   * Write records by their natural key, and count them: new ones as `created`, changed ones as `updated`, the others as
   * `skipped`. An array is one transaction; of a stream each page commits by itself.
   *
   * @example await ctx.upsert(products, page.items.map(toProduct), { key: "sku" });
   */
  upsert<T extends PgTable>(
    table: T,
    records: BulkRecords<BulkRecord<T>>,
    options: BulkUpsertOptions<T>,
  ): Promise<BulkCounts>;
  /**
   * The same for records of a kind, into the table that its `resource` names as `records`.
   *
   * @example await ctx.upsert("products", page.items.map(toProduct));
   * @throws KhotanError `not_found` for a kind that is not registered, `validation_failed` for one that names no table
   */
  upsert<T extends PgTable>(kind: Resource<string, T>, records: BulkRecords<BulkRecord<T>>): Promise<BulkCounts>;
  upsert(kind: string, records: BulkRecords<Readonly<Record<string, unknown>>>): Promise<BulkCounts>;
}

/**
 * What a flow is given.
 *
 * A flow runs **at least once** from its cursor on: read a page, then write it and set the cursor in one
 * `transaction`. So a crash anywhere repeats the page that was not finished, and no other.
 */
export interface FlowContext<Body = unknown, P extends AnyPlug = AnyPlug> extends FlowStores {
  readonly runId: string;
  readonly flow: {
    readonly id: string;
    readonly name: string;
    readonly kind: FlowKind;
    readonly resource: string | null;
  };
  readonly tenant: string;
  /** `null` when the flow declares no variants. */
  readonly variant: string | null;
  /** What it was started with, of the flow's schema if it has one. */
  readonly body: Body;
  readonly source: RunSource;
  /** The tick a scheduled run belongs to; the run may begin later. */
  readonly scheduledFor: Date | null;
  /** When the last run of this flow, variant and tenant that succeeded began; `null` before there was one. */
  readonly since: Date | null;
  /** 1 for the first try. */
  readonly attempt: number;
  /** The plug the flow is registered on, with this tenant's credentials. */
  readonly plug: BoundPlugOf<P>;
  /** The connection's variables as they are now. Never log them. */
  readonly vars: ConnectionVars;
  /** Store variables of the connection, all or nothing; `null` clears one. Those that start with `_` need no declaration. */
  setVars(changes: VarPatch): Promise<void>;
  readonly cursor: FlowCursor;
  /** The same for every attempt of this run; send it with outside calls. */
  readonly idempotencyKey: string;
  /** Aborted when the run is cancelled, takes too long or loses its lease. */
  readonly signal: AbortSignal;
  readonly log: RunLog;
  /** Show how far the run is. Cheap; only the newest value is kept. */
  progress(done: number, total?: number, message?: string): void;
  /**
   * Count what was done. Within `ctx.transaction` it counts when that commits, so figures and effects agree after any
   * crash; elsewhere with the next transaction, or at the end of the attempt. A run that counted `failed` ends as `partial`.
   *
   * @example ctx.count("created", 20); ctx.count({ extracted: 100, skipped: 80 });
   */
  count(counter: Counter, by?: number): void;
  count(counters: Counters): void;
  /** Wait; rejects at once when the run is stopped. */
  sleep(ms: number): Promise<void>;
  /**
   * Write to the database. Commits when `work` returns: unlike a handler's, each call is a transaction of its own, so a
   * long flow keeps what it has done. A call within a call is part of the outer one. What `cursor.set` and `count` do
   * inside commits with it.
   *
   * @example
   * await ctx.transaction(async (tx) => {
   *   await tx.insert(products).values(page.items);
   *   await ctx.cursor.set(page.next);
   * });
   * @throws when the run was cancelled or goes on elsewhere; then nothing was written.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What a relay is given: the same, and the destination ready to use. */
export interface RelayContext<Body = unknown, P extends AnyPlug = AnyPlug, D extends AnyPlug = AnyPlug>
  extends FlowContext<Body, P> {
  readonly destPlug: BoundPlugOf<D>;
  readonly destVars: ConnectionVars;
}

/** What a flow with `workflow` is given. It is serialisable and holds no secret; see `stepContext`. */
export interface FlowWorkflowContext<Body = unknown> {
  readonly runId: string;
  readonly plug: string;
  readonly flow: string;
  readonly tenant: string;
  readonly variant: string | null;
  readonly body: Body;
  readonly idempotencyKey: string;
}
