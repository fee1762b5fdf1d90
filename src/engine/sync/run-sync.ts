import type { z } from "zod";
import { decodeId, newUuid } from "../../contract/index.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import { PlugHttpError } from "../plugs/index.ts";
import { type DriftWatch, openDriftWatch } from "./drift/drift-watch.ts";
import { duplicateFilter } from "./drop-duplicates.ts";
import { type ReadPage, readPages } from "./read-pages.ts";
import type { SyncCursorKind, SyncDrift, SyncMode, SyncReadInput, SyncReport, SyncSource } from "./sync-options.ts";
import {
  later,
  NOWHERE,
  SYNC_CURSOR,
  type SyncPlace,
  type SyncWindow,
  syncPlaceSchema,
  watermarkAfter,
} from "./sync-place.ts";
import type { StateScope } from "./sync-states.ts";
import type { SyncWriter } from "./sync-writer.ts";

/** A sync with all its defaults, apart from how it writes. */
export interface ResolvedSync<R, C> {
  readonly read: (input: SyncReadInput<C, unknown>) => SyncSource<R, unknown> | Promise<SyncSource<R, unknown>>;
  /** Checks what is stored of a page's `next`. */
  readonly token: z.ZodType | null;
  readonly keyOf: (record: R) => string;
  readonly timeOf: (record: R) => string | null;
  readonly isDeleted: (record: R) => boolean;
  readonly cursor: SyncCursorKind;
  readonly overlapMs: number;
  readonly mode: (ctx: C) => SyncMode;
  readonly sharesScope: boolean;
  readonly drift: SyncDrift;
  readonly now: () => number;
  readonly openWriter: (ctx: C, scope: StateScope, place: SyncPlace) => SyncWriter<R>;
}

/**
 * Read everything of one window and write it, page by page. It may end anywhere:
 * a run after it reads again what was not committed, and writes it once.
 *
 * @throws what `read` and the writes throw; PermanentError `schema_drift`, `flow_paused`, `sync_too_many_gone`
 */
export async function runSync<R, C extends FlowContext>(sync: ResolvedSync<R, C>, ctx: C): Promise<SyncReport> {
  const cursor = (sync.sharesScope ? ctx.cursor.shared : ctx.cursor).named(SYNC_CURSOR);
  const place = (await cursor.get(syncPlaceSchema)) ?? NOWHERE;
  const mode = sync.mode(ctx);
  const drift = await openDriftWatch(ctx, sync.drift);
  const scope = {
    flowId: decodeId("flow", ctx.flow.id) ?? "",
    tenant: ctx.tenant,
    scope: sync.sharesScope ? "" : (ctx.variant ?? ""),
  };
  const writer = sync.openWriter(ctx, scope, place);
  const resumed = resumable(sync, place, mode);
  let window = resumed ?? openWindow(sync, place, mode);
  await writer.open?.({ generation: window.id });
  const duplicates = duplicateFilter(sync.keyOf, sync.timeOf);
  let done: unknown = null;
  let pages = 0;
  let whole = true;
  for await (const page of pagesOf(sync, ctx, window, drift)) {
    ctx.signal.throwIfAborted();
    const fresh = duplicates.take(page.items);
    const gone = fresh.filter(({ record }) => sync.isDeleted(record));
    const records = fresh.filter(({ record }) => !sync.isDeleted(record));
    await drift.check(records.map(({ record }) => record));
    const seen = fresh.reduce((newest, { at }) => later(newest, at), window.seen);
    window = { ...window, seen, token: page.next };
    done = page.done ? page.next : null;
    ctx.count("extracted", page.items.length);
    if (page.items.length > fresh.length) ctx.count("skipped", page.items.length - fresh.length);
    const written = await writer.page({
      records,
      gone: gone.map(({ key }) => key),
      goneAt: new Map(gone.map(({ key, at }) => [key, at])),
      generation: window.id,
      keep: async (tx) => {
        await drift.keep(tx);
        // Within a window only a page's own token can be gone on from; a watermark holds when all of it is read.
        if (sync.cursor === "opaque") await cursor.set({ ...place, window });
      },
    });
    whole &&= written;
    pages++;
    ctx.progress(pages);
  }
  // What could not be written has to be read again.
  const watermark = sync.cursor === "none" ? null : whole ? watermarkAfter(place.watermark, window) : place.watermark;
  await writer.finish({
    generation: window.id,
    whole: mode === "full" || window.since === null,
    keep: () => {
      const token = sync.cursor === "opaque" ? done : null;
      return cursor.set({ watermark, token, window: null, platform: window.startedAt });
    },
  });
  return { mode, pages, watermark, duplicates: duplicates.dropped, resumed: resumed !== null };
}

function openWindow<R, C>(sync: ResolvedSync<R, C>, place: SyncPlace, mode: SyncMode): SyncWindow {
  const now = sync.now();
  const from = mode === "full" || place.watermark === null ? null : Date.parse(place.watermark) - sync.overlapMs;
  return {
    id: newUuid(now),
    mode,
    startedAt: new Date(now).toISOString(),
    since: from === null ? null : new Date(from).toISOString(),
    seen: null,
    token: mode === "full" ? null : (place.token ?? null),
  };
}

/** A window that a run before left open, if it can be gone on with. */
function resumable<R, C>(sync: ResolvedSync<R, C>, { window }: SyncPlace, mode: SyncMode): SyncWindow | null {
  if (sync.cursor !== "opaque" || window === null || window.mode !== mode) return null;
  return window.token === null || window.token === undefined ? null : window;
}

const fitting = (schema: z.ZodType | null, token: unknown): unknown =>
  schema === null || token === null || token === undefined || schema.safeParse(token).success ? token : null;

/** A source may forget its tokens after some time; then the window is read from its beginning. */
const TOKEN_REFUSED: readonly number[] = [400, 404, 410, 422];

async function* pagesOf<R, C extends FlowContext>(
  sync: ResolvedSync<R, C>,
  ctx: C,
  { since, token, mode }: SyncWindow,
  drift: DriftWatch,
): AsyncGenerator<ReadPage<R>, void, undefined> {
  const ask = (cursor: unknown) =>
    sync.read({
      ctx,
      cursor: cursor ?? undefined,
      since: since === null ? null : new Date(since),
      mode,
      signal: ctx.signal,
    });
  const from = fitting(sync.token, token);
  if (from !== token)
    ctx.log.warn("what is kept of the last page does not fit `token`; the window is read from its beginning");
  let read = 0;
  try {
    for await (const page of readPages(ask, from)) {
      read++;
      yield page;
    }
  } catch (error) {
    await drift.judge(error);
    const refused = error instanceof PlugHttpError && TOKEN_REFUSED.includes(error.status);
    if (read > 0 || token === null || token === undefined || !refused) throw error;
    ctx.log.warn("the source does not know this page any more; the window is read from its beginning", {
      status: error.status,
    });
    yield* readPages(ask, null);
  }
}
