import type { Transaction } from "../../database/adapter.ts";
import type { WrittenTable } from "../../topology/written-tables.ts";

/** A record of yours, as the other side would call and describe it. */
export interface PlatformRecord {
  readonly key: string;
  /** What counts of it: the same fields as `fields` makes of a source's record. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly updatedAt: Date;
}

/** Your side of a sync that goes both ways. */
export interface PlatformSide<C> {
  /** Tables it writes, to be shown. */
  readonly tables?: readonly WrittenTable[];
  /** Records of yours with these keys, locked for the transaction. */
  readonly find: (
    keys: readonly string[],
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<readonly PlatformRecord[]>;
  /** Records of yours that changed at this time or later (`null`: all), in the order of their keys, behind `after`; at most `limit`. */
  readonly changed: (
    query: { readonly since: Date | null; readonly after: string; readonly limit: number },
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<readonly PlatformRecord[]>;
  readonly write: (
    batch: readonly { readonly key: string; readonly fields: Readonly<Record<string, unknown>> }[],
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<void>;
  /**
   * Records of yours that the source has no name for yet, in the order of what they are called here (`key`), behind `after`.
   * Without it those that `changed` gives are meant, as far as the source never gave them.
   */
  readonly unnamed?: (
    query: { readonly after: string; readonly limit: number },
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<readonly PlatformRecord[]>;
  /** Keep what the source calls them. @returns the `localKey`s of those where that was done. */
  readonly link?: (
    made: readonly { readonly localKey: string; readonly key: string }[],
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<readonly string[]>;
  /**
   * Keys of records that were deleted here at this time or later, in order, behind `after`; when your side remembers that.
   * Without it, and in a full run, every agreed record is looked for with `find`.
   */
  readonly deleted?: (
    query: { readonly since: Date | null; readonly after: string; readonly limit: number },
    tx: Transaction,
    tools: { readonly ctx: C },
  ) => Promise<readonly string[]>;
  /** Records that the source deleted. Without it they stay. */
  readonly remove?: (keys: readonly string[], tx: Transaction, tools: { readonly ctx: C }) => Promise<void>;
}
