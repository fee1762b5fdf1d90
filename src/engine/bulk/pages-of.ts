/** Records as they come: all at once, or page by page. A single record may stand for a page. */
export type BulkRecords<R> = readonly R[] | AsyncIterable<readonly R[] | R> | Iterable<readonly R[] | R>;

/** So many records travel in one statement. */
export const PAGE_SIZE = 5_000;

const isPage = <R>(value: readonly R[] | R): value is readonly R[] => Array.isArray(value);

/**
 * Pages of at most `size` records. What comes one by one is collected; nothing
 * more than a page is held, so memory stays flat however many there are.
 */
export async function* pagesOf<R>(
  records: BulkRecords<R>,
  size: number,
): AsyncGenerator<readonly R[], void, undefined> {
  if (isList(records)) {
    for (let at = 0; at < records.length; at += size) yield records.slice(at, at + size);
    return;
  }
  let open: R[] = [];
  for await (const item of records) {
    const items = isPage(item) ? item : [item];
    for (let at = 0; at < items.length; ) {
      const room = size - open.length;
      open.push(...items.slice(at, at + room));
      at += room;
      if (open.length < size) continue;
      yield open;
      open = [];
    }
    // A page of the source is a unit: it is written before the next one is asked for.
    if (isPage(item) && open.length > 0) {
      yield open;
      open = [];
    }
  }
  if (open.length > 0) yield open;
}

const isList = <R>(records: BulkRecords<R>): records is readonly R[] => Array.isArray(records);
