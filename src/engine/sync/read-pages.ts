import type { Paginator } from "../plugs/pagination/paginator.ts";
import type { SyncSource } from "./sync-options.ts";

/** A page with what is next, settled. */
export interface ReadPage<R> {
  readonly items: readonly R[];
  /** What goes on behind this page; `null` when nothing does. */
  readonly next: unknown;
  /** The last one, whose `next` is for the next window. */
  readonly done: boolean;
}

/** The pages of whatever `read` gives. `ask` is called once, or once for each page. */
export async function* readPages<R>(
  ask: (cursor: unknown) => SyncSource<R, unknown> | Promise<SyncSource<R, unknown>>,
  from: unknown,
): AsyncGenerator<ReadPage<R>, void, undefined> {
  for (let cursor = from; ; ) {
    const source = await ask(cursor);
    if (isPaginator(source)) {
      for await (const { items, state } of source.pages()) {
        yield { items, next: state.done ? null : state, done: false };
      }
      return;
    }
    if (Symbol.asyncIterator in source) {
      for await (const { items, next = null, done = false } of source) yield { items, next, done };
      return;
    }
    const { items, next = null, done = false } = source;
    yield { items, next, done };
    if (done || next === null) return;
    if (JSON.stringify(next) === JSON.stringify(cursor)) {
      throw new Error("The list does not end: a page says that it is the next one itself.");
    }
    cursor = next;
  }
}

const isPaginator = <R>(source: SyncSource<R, unknown>): source is Paginator<R> =>
  "pages" in source && typeof source.pages === "function";
