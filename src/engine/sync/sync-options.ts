import type { PgTable } from "drizzle-orm/pg-core";
import type { z } from "zod";
import type { ConflictPolicy, Counters } from "../../contract/index.ts";
import type { BulkRecord, BulkUpsertOptions, FieldOf } from "../bulk/index.ts";
import type { Transaction } from "../database/adapter.ts";
import type { FieldMapping } from "../field-mappings/field-mapping.ts";
import type { FlowContext, RelayContext } from "../flows/flow-context.ts";
import type { AnyPlug } from "../plugs/index.ts";
import type { PageState, Paginator } from "../plugs/pagination/paginator.ts";
import type { PlatformSide } from "./two-way/platform-side.ts";

/** A sync's `ctx`: that of a relay when a destination is named. */
export type SyncContext<P extends AnyPlug, D extends AnyPlug> = [D] extends [never]
  ? FlowContext<unknown, P>
  : RelayContext<unknown, P, D>;

export type SyncMode = "incremental" | "full";
/**
 * How a sync knows where it is.
 * `updated_at`: by the newest `updatedAt` it has read, kept when a window is complete;
 * `opaque`: by what each page says is next, kept with that page;
 * `none`: not at all, every run reads everything.
 */
export type SyncCursorKind = "updated_at" | "opaque" | "none";
/** What happens to records that the source no longer has. */
export type SyncDeletes = "ignore" | "mark" | "remove";
/** `in`: source to platform; `out`: from what `read` gives to another side, by `send`; `both`. */
export type SyncDirection = "in" | "out" | "both";
/** What happens when a field is gone or has another type. `pause`: nothing is written until somebody accepts it. */
export type SyncDrift = "pause" | "note" | "off";

/** One page of records. */
export interface SyncPage<R, K = PageState> {
  readonly items: readonly R[];
  /** What asks for the next page, as JSON; none when this is the last. */
  readonly next?: K;
  /** This is the last page, although `next` says where to go on at the next run (a change feed's token). */
  readonly done?: boolean;
}

/** What `read` gives: the walk of a plug, pages one after the other, or one page (then it is called again with its `next`). */
export type SyncSource<R, K = PageState> = Paginator<R> | AsyncIterable<SyncPage<R, K>> | SyncPage<R, K>;

export interface SyncReadInput<C, K = PageState> {
  readonly ctx: C;
  /** With `opaque`: what the page before said is next, of the type `token` says; for a plug's walk give it on as `state`. */
  readonly cursor: K | undefined;
  /** Only what changed at this time or later is needed; `null`: everything. The overlap is taken off already. */
  readonly since: Date | null;
  readonly mode: SyncMode;
  readonly signal: AbortSignal;
}

/** Where records go when that is one table. */
export type SyncTable<R, T extends PgTable, C> = Omit<BulkUpsertOptions<T>, "signal" | "onWritten" | "returning"> & {
  readonly table: T;
  /** The row of a record; `null` leaves it out. */
  readonly map?: (record: R, ctx: C) => BulkRecord<T> | null;
  /**
   * Instead of `map`: make rows by this field mapping, which people may change while the app runs. A record that cannot be
   * mapped is counted as `failed`, the others are written; a watermark waits until it can be.
   */
  readonly fieldMapping?: string | FieldMapping;
  /** Which row a record's key means. Default: `key` is one field, and holds it. */
  readonly rowOf?: (key: string, ctx: C) => { readonly [F in FieldOf<T>]?: unknown };
  /** With `deletes: "mark"`: what is written, e.g. `() => ({ deletedAt: new Date() })`; set to null when a record comes back. */
  readonly mark?: () => Partial<BulkRecord<T>>;
};

/** Write a batch, in the transaction that also keeps the place: once, whatever crashes. */
export type SyncWrite<R, C> = (
  batch: readonly R[],
  tx: Transaction,
  tools: { readonly ctx: C },
) => Promise<Counters | undefined>;

export interface SyncSending<R> {
  readonly key: string;
  readonly record: R;
  /** The same whenever this content of this record is sent again, also after a crash. */
  readonly idempotencyKey: string;
}
/** Records that could not be sent are tried again by the next run. */
export interface SyncSent extends Counters {
  readonly failures?: readonly { readonly key: string; readonly error: unknown }[];
}
/** Send a batch to the other side. At least once, outside of any transaction. */
export type SyncSend<R, C> = (
  batch: readonly SyncSending<R>[],
  tools: { readonly ctx: C; readonly signal: AbortSignal },
) => Promise<SyncSent | undefined>;

/** A record of yours that the source is to make. */
export interface SyncCreating<F> {
  /** What it is called here. */
  readonly localKey: string;
  readonly record: F;
  /** The same whenever this content of this record is sent again, also after a crash. */
  readonly idempotencyKey: string;
  /** Nobody knows what became of a call before: a source that takes no idempotency key may have the record already. */
  readonly again: boolean;
}
/** What the source calls what it made. Each record of the batch is here or among the failures. */
export interface SyncCreated {
  readonly created: readonly { readonly localKey: string; readonly key: string | number }[];
  /** Not made, for sure; tried again by the next run. */
  readonly failures?: readonly { readonly localKey: string; readonly error: unknown }[];
}
/** Make records at the source. At least once, outside of any transaction. */
export type SyncCreate<F, C> = (
  batch: readonly SyncCreating<F>[],
  tools: { readonly ctx: C; readonly signal: AbortSignal },
) => Promise<SyncCreated>;

/** Take away records that are gone. @returns how many there were, if that is known. */
export type SyncRemove<C> = (
  keys: readonly string[],
  tx: Transaction,
  tools: { readonly ctx: C },
) => Promise<number | undefined>;
/** Take them away from the other side. Deleting what is gone already must be no error. */
export type SyncSendDeletes<C> = (
  keys: readonly string[],
  tools: { readonly ctx: C; readonly signal: AbortSignal },
) => Promise<unknown>;

/** Fields that both sides of a sync share. */
export type SyncFields = Readonly<Record<string, unknown>>;

export interface SyncOptions<
  R,
  T extends PgTable,
  P extends AnyPlug,
  D extends AnyPlug,
  F extends SyncFields,
  K = PageState,
> {
  /** The plug of the flow; only for the types of `ctx`. */
  readonly plug?: P;
  /** The destination of the relay; only for the types of `ctx`. */
  readonly destination?: D;
  /** How to read. Called once for each run, or once for each page when it gives pages one by one. */
  readonly read: (input: SyncReadInput<SyncContext<P, D>, K>) => SyncSource<R, K> | Promise<SyncSource<R, K>>;
  /**
   * What a page's `next` looks like, when it is not a plug's walk that is read, e.g. `z.string()`. A stored one that does not
   * fit any more is forgotten, and the window is read from its beginning.
   */
  readonly token?: z.ZodType<K>;
  /** What a record is called, e.g. `"id"`. */
  readonly key: (keyof R & string) | ((record: R) => string | number);
  /** When it last changed at the source: ISO 8601, a `Date`, or Unix seconds or milliseconds. */
  readonly updatedAt?: (keyof R & string) | ((record: R) => string | number | Date | null | undefined);
  /** Whether a record says of itself that it was deleted. */
  readonly deleted?: (record: R) => boolean;
  /** Default `updated_at` when there is `updatedAt`, else `none`. */
  readonly cursor?: SyncCursorKind;
  /** With `updated_at`, read again what changed so long before the last window ended, in milliseconds. Default 5 minutes. */
  readonly overlapMs?: number;
  /** Default `incremental`. A `full` run reads everything and knows then what is gone. */
  readonly mode?: SyncMode | ((ctx: SyncContext<P, D>) => SyncMode);
  /** Whether the flow's variants share their place and records (`flow`), or each has its own (`variant`, the default). */
  readonly scope?: "flow" | "variant";
  /** Default `ignore`. */
  readonly deletes?: SyncDeletes;
  /** A full run that would take away a bigger share of the records than this fails instead, 0 to 1. Default 0.5. */
  readonly maxDeletedShare?: number;
  /** Said by what is given, and checked: `write` is in, `send` is out, `platform` and `push` are both. */
  readonly direction?: SyncDirection;
  /** Into a table, or as you say. */
  readonly write?: SyncTable<R, T, SyncContext<P, D>> | SyncWrite<R, SyncContext<P, D>>;
  /** With `write` as a function and `deletes`: what to do about records that are gone. */
  readonly remove?: SyncRemove<SyncContext<P, D>>;
  /** To another side: what changed since it was last sent, and only that. */
  readonly send?: SyncSend<R, SyncContext<P, D>>;
  /** With `send` or `platform`, and `deletes`: delete there. */
  readonly sendDeletes?: SyncSendDeletes<SyncContext<P, D>>;
  /** What of a record counts: sent again only when this differs, and compared between both sides. Default: all of it. */
  readonly fields?: (record: R) => F;
  /** Both ways: give the source what was changed here. A record is its `fields`, all of them, as they are to be. */
  readonly push?: SyncSend<F, SyncContext<P, D>>;
  /** Both ways: make at the source what is new here. Without it, it stays here. */
  readonly create?: SyncCreate<F, SyncContext<P, D>>;
  /** Both ways: your side, e.g. `platformTable(customers, …)`. */
  readonly platform?: PlatformSide<SyncContext<P, D>>;
  /** Both ways: who is right about a field that both changed. Default `source_wins`. */
  readonly conflict?: ConflictPolicy;
  /** The plug whose webhooks tell of what is sent. Default: the destination, else the flow's plug. */
  readonly echoPlug?: string;
  /** How long such a webhook is expected, in milliseconds. Default 1 hour. */
  readonly echoTtlMs?: number;
  /** Default `pause`. */
  readonly drift?: SyncDrift;
  /** For tests. */
  readonly clock?: { readonly now: () => number };
}

/** What a run of a sync returns; its figures are among the run's counters. */
export interface SyncReport {
  readonly mode: SyncMode;
  readonly pages: number;
  /** What the next run reads from, without the overlap; `null` when the sync keeps none. */
  readonly watermark: string | null;
  /** Records that came more than once. */
  readonly duplicates: number;
  /** Whether it went on where a run before it had stopped. */
  readonly resumed: boolean;
}
