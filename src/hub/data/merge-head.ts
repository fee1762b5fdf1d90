/** A list as it was loaded, page by page. */
export interface LoadedPages<T> {
  readonly pages: readonly {
    readonly items: readonly T[];
    readonly page: { readonly next: string | null; readonly limit: number };
  }[];
  readonly pageParams: readonly (string | null)[];
}

type Page<T> = LoadedPages<T>["pages"][number];

interface Identified {
  readonly id: string;
}

/** Put newer copies of rows where the old ones are. Order and length stay; untouched pages keep their identity. */
export function updateRows<T extends Identified>(list: LoadedPages<T>, rows: readonly T[]): LoadedPages<T> {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  return {
    pageParams: list.pageParams,
    pages: list.pages.map((page) =>
      page.items.some(({ id }) => fresh.has(id))
        ? { ...page, items: page.items.map((row) => fresh.get(row.id) ?? row) }
        : page,
    ),
  };
}

/** The rows of a new first page that the list does not hold yet. */
export function waitingRows<T extends Identified>(list: LoadedPages<T>, head: Page<T>): readonly T[] {
  const known = new Set(list.pages.flatMap((page) => page.items.map(({ id }) => id)));
  return head.items.filter(({ id }) => !known.has(id));
}

/**
 * Show the waiting rows: they go on top of what is loaded. When more came than one page holds, nothing says
 * that the two touch, so the list starts anew from the head.
 */
export function prependHead<T extends Identified>(list: LoadedPages<T>, head: Page<T>): LoadedPages<T> {
  const waiting = waitingRows(list, head);
  const [first, ...rest] = list.pages;
  const touches = first !== undefined && (waiting.length < head.items.length || first.items.length === 0);
  if (!touches) return { pages: [head], pageParams: [null] };
  const updated = updateRows({ pages: [first, ...rest], pageParams: list.pageParams }, head.items);
  const [top, ...others] = updated.pages;
  if (top === undefined) return updated;
  return { ...updated, pages: [{ ...top, items: [...waiting, ...top.items] }, ...others] };
}

/** Rows that may still change but are not in the head, newest first: they are read one by one. */
export function strayRows<T extends Identified>(
  list: LoadedPages<T>,
  head: Page<T>,
  isLive: (row: T) => boolean,
): readonly T[] {
  const inHead = new Set(head.items.map(({ id }) => id));
  return list.pages.flatMap((page) => page.items).filter((row) => isLive(row) && !inHead.has(row.id));
}
