import type { Transaction } from "../../database/adapter.ts";

/** A record of yours, as the other side would call and describe it. */
export interface PlatformRecord {
  readonly key: string;
  /** What counts of it: the same fields as `fields` makes of a source's record. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly updatedAt: Date;
}

/** Your side of a sync that goes both ways. */
export interface PlatformSide<C> {
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
  /** Records that the source deleted. Without it they stay. */
  readonly remove?: (keys: readonly string[], tx: Transaction, tools: { readonly ctx: C }) => Promise<void>;
}
