import { createHash } from "node:crypto";
import type { Executor } from "../database/adapter.ts";
import { canonicalJson } from "./canonical-json.ts";

export interface DeltaOptions<R> {
  /** What the record is called; unique among the records. */
  readonly key: (record: R) => string;
  /** What tells two versions apart, e.g. an ETag or `updatedAt`. Default: a digest of the whole record. */
  readonly hash?: (record: R) => string;
  /** Keeps apart what several readers know. Default `default`. */
  readonly name?: string;
}

/** What is new, and how to remember that it was written. */
export interface Delta<R> {
  readonly changed: readonly R[];
  /** How many are as they were. */
  readonly skipped: number;
  /**
   * Remember the changed records as written. Call it in the transaction of the
   * write: if that fails or the process dies, they are changed the next time too.
   */
  commit(tx: Executor): Promise<void>;
}

export const DELTA_PREFIX = "delta:";

export const digestOf = (record: unknown): string =>
  createHash("sha256").update(canonicalJson(record)).digest("base64url");
