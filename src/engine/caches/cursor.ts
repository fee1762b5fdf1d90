import type { Executor } from "../database/adapter.ts";

/** A position that is kept between runs. Give `tx` so that it is stored with the page it belongs to. */
export interface Cursor<C> {
  get(): Promise<C | undefined>;
  set(position: C, options?: { readonly tx?: Executor }): Promise<void>;
  reset(): Promise<void>;
}

/** Keys that begin like this are the helpers' own. */
export const CURSOR_PREFIX = "cursor:";
