import type { Transaction } from "../database/adapter.ts";
import type { KeyedRecord } from "./drop-duplicates.ts";

/** One page, ready to be written. */
export interface WritePage<R> {
  readonly records: readonly KeyedRecord<R>[];
  /** Keys of records that say of themselves that they were deleted. */
  readonly gone: readonly string[];
  /** When, if it is known. */
  readonly goneAt: ReadonlyMap<string, string | null>;
  /** The window it belongs to. */
  readonly generation: string;
  /** Keeps the place, and what the page looked like. To be called in the transaction that ends the page. */
  readonly keep: (tx: Transaction) => Promise<void>;
}

/** How a direction writes. */
export interface SyncWriter<R> {
  /** Before anything is read: what a run before this one left undone. */
  open?(window: { readonly generation: string }): Promise<void>;
  /** @returns whether all of it was written; if not, the watermark stays where it is. */
  page(page: WritePage<R>): Promise<boolean>;
  /** All pages of the window are written. */
  finish(window: {
    readonly generation: string;
    /** Whether everything was read, so that what was not seen is gone. */
    readonly whole: boolean;
    readonly keep: (tx: Transaction) => Promise<void>;
  }): Promise<void>;
}
