import type { Client } from "../client/index.ts";
import { type EventRecord, isFinalRun, type RunRecord } from "../contract/index.ts";

/** Rows become visible when they are committed, so one may appear a little after a newer one. */
const OVERLAP_MS = 10_000;
const PAGE = 200;
/** A run that takes longer is not watched to its end: reading that far back each time would cost too much. */
const LONGEST_WATCH_MS = 600_000;

interface Listed<Row> {
  readonly items: readonly Row[];
  readonly page: { readonly next: string | null };
}

/**
 * What is new in a list since the last time it was asked, oldest first. The hub's own times are used, never ours.
 * `keyOf` says when a row counts as another one, e.g. by its status.
 */
export function newRows<Row>(
  list: (query: { since?: string; limit: number; cursor?: string }) => Promise<Listed<Row>>,
  timeOf: (row: Row) => string,
  keyOf: (row: Row) => string,
  openId: (row: Row) => { readonly id: string; readonly open: boolean } = () => ({ id: "", open: false }),
): { start(): Promise<void>; read(): Promise<Row[]> } {
  const seen = new Map<string, number>();
  /** Rows that will change again, with their time: the list is read from the oldest of them on. */
  const open = new Map<string, number>();
  let newest = 0;
  const take = (row: Row): boolean => {
    const at = Date.parse(timeOf(row));
    const isNew = !seen.has(keyOf(row));
    seen.set(keyOf(row), at);
    newest = Math.max(newest, at);
    const state = openId(row);
    if (state.open) open.set(state.id, at);
    else open.delete(state.id);
    return isNew;
  };
  return {
    /** Whatever is there now counts as seen. */
    async start() {
      for (const row of (await list({ limit: PAGE })).items) take(row);
    },
    async read() {
      for (const [id, at] of open) if (at < newest - LONGEST_WATCH_MS) open.delete(id);
      const from = Math.min(newest - OVERLAP_MS, ...open.values());
      const since = newest === 0 ? undefined : new Date(from).toISOString();
      const found: Row[] = [];
      let cursor: string | undefined;
      do {
        const { items, page } = await list({ since, limit: PAGE, cursor });
        found.push(...items);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      const fresh = found.reverse().filter(take);
      for (const [key, at] of seen) if (at < from - OVERLAP_MS) seen.delete(key);
      return fresh;
    },
  };
}

export const newEvents = (client: Client, filter: { plug?: string; tenant?: string }) =>
  newRows<EventRecord>(
    (query) => client.listEvents({ query: { ...query, ...filter } }),
    (event) => event.receivedAt,
    (event) => event.id,
  );

export const newRuns = (client: Client, filter: { plug?: string; tenant?: string }) =>
  newRows<RunRecord>(
    (query) => client.listRuns({ query: { ...query, ...filter } }),
    (run) => run.createdAt,
    (run) => `${run.id} ${run.status}`,
    (run) => ({ id: run.id, open: !isFinalRun(run.status) }),
  );
