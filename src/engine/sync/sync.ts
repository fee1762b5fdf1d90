import type { PgTable } from "drizzle-orm/pg-core";
import type { RelayContext } from "../flows/flow-context.ts";
import type { AnyPlug, PageState } from "../plugs/index.ts";
import { declareWrites } from "../topology/written-tables.ts";
import { checkSync } from "./check-sync.ts";
import { DEFAULT_ECHO_TTL_MS } from "./echoes/echoes.ts";
import { type ResolvedSync, runSync } from "./run-sync.ts";
import type {
  SyncContext,
  SyncCreate,
  SyncFields,
  SyncMode,
  SyncOptions,
  SyncReadInput,
  SyncRemove,
  SyncReport,
  SyncSend,
  SyncSendDeletes,
  SyncSource,
  SyncTable,
  SyncWrite,
} from "./sync-options.ts";
import { type SyncPlace, timeOf } from "./sync-place.ts";
import type { StateScope } from "./sync-states.ts";
import { functionTarget, tableTarget } from "./sync-target.ts";
import type { SyncWriter } from "./sync-writer.ts";
import type { PlatformSide } from "./two-way/platform-side.ts";
import { writeBoth } from "./two-way/write-both.ts";
import { writeIn } from "./write-in.ts";
import { writeOut } from "./write-out.ts";

const OVERLAP_MS = 5 * 60_000;

/**
 * A sync, as the `run` of a flow. You say how a page is read and how a batch is written; it keeps the place, comes back
 * after crashes, leaves out what came twice, takes away what is gone, and stops when the source changes its looks.
 *
 * @example
 * inflow({
 *   name: "products",
 *   plug: shop,
 *   schedule: "0 * * * *",
 *   run: sync({
 *     plug: shop,
 *     read: ({ ctx, since }) => ctx.plug.callPaged("listProducts", { query: { updatedSince: since?.toISOString() } }),
 *     key: "id",
 *     updatedAt: "updatedAt",
 *     write: { table: products, key: "id", map: ({ id, name }) => ({ id, name }) },
 *   }),
 * });
 * @throws KhotanConfigError when the options do not go together
 */
export function sync<
  R,
  T extends PgTable,
  P extends AnyPlug = AnyPlug,
  D extends AnyPlug = never,
  F extends SyncFields = SyncFields,
  K = PageState,
>(options: SyncOptions<R, T, P, D, F, K>): (ctx: SyncContext<P, D>) => Promise<SyncReport> {
  checkSync(options);
  const resolved = resolveSync(options);
  // A relay's context has all that a flow's has; which of both it is was said by `destination`.
  const run = (ctx: SyncContext<P, D>) => runSync(resolved, ctx as unknown as RelayContext<unknown, P, D>);
  const { write, platform } = options;
  return declareWrites(run, typeof write === "object" ? [write.table] : (platform?.tables ?? []));
}

function resolveSync<R, T extends PgTable, P extends AnyPlug, D extends AnyPlug, F extends SyncFields, K>(
  options: SyncOptions<R, T, P, D, F, K>,
): ResolvedSync<R, RelayContext<unknown, P, D>> {
  type C = RelayContext<unknown, P, D>;
  // What the author's functions are given is the very context that the flow was given.
  const own = options as unknown as OwnOptions<R, T, C, F>;
  const { key, updatedAt, mode = "incremental", clock = Date } = own;
  const read = <V>(by: (keyof R & string) | ((record: R) => V)) =>
    typeof by === "function" ? by : (record: R) => record[by] as V;
  return {
    read: own.read,
    token: own.token ?? null,
    keyOf: keyReader(read(key)),
    timeOf: updatedAt === undefined ? () => null : (record) => timeOf(read(updatedAt)(record)),
    isDeleted: own.deleted ?? (() => false),
    cursor: own.cursor ?? (updatedAt === undefined ? "none" : "updated_at"),
    overlapMs: own.overlapMs ?? OVERLAP_MS,
    mode: typeof mode === "function" ? mode : () => mode,
    sharesScope: own.scope === "flow",
    drift: own.drift ?? "pause",
    now: () => clock.now(),
    openWriter: (ctx, scope, place) => openWriter(own, ctx, scope, place),
  };
}

/** The options, with the context that is there at run time. */
type OwnOptions<R, T extends PgTable, C, F extends SyncFields> = Omit<
  SyncOptions<R, T, AnyPlug, AnyPlug, F, unknown>,
  "read" | "mode" | "write" | "remove" | "send" | "sendDeletes" | "push" | "create" | "platform"
> & {
  readonly read: (input: SyncReadInput<C, unknown>) => SyncSource<R, unknown> | Promise<SyncSource<R, unknown>>;
  readonly mode?: SyncMode | ((ctx: C) => SyncMode);
  readonly write?: SyncTable<R, T, C> | SyncWrite<R, C>;
  readonly remove?: SyncRemove<C>;
  readonly send?: SyncSend<R, C>;
  readonly sendDeletes?: SyncSendDeletes<C>;
  readonly push?: SyncSend<F, C>;
  readonly create?: SyncCreate<F, C>;
  readonly platform?: PlatformSide<C>;
};

function openWriter<R, T extends PgTable, C extends RelayContext, F extends SyncFields>(
  options: OwnOptions<R, T, C, F>,
  ctx: C,
  scope: StateScope,
  place: SyncPlace,
): SyncWriter<R> {
  const { write, send, push, platform, fields, sendDeletes, deletes = "ignore", maxDeletedShare = 0.5 } = options;
  const echoTtlMs = options.echoTtlMs ?? DEFAULT_ECHO_TTL_MS;
  if (platform && push && fields) {
    const from = place.platform ? new Date(Date.parse(place.platform) - (options.overlapMs ?? OVERLAP_MS)) : null;
    return writeBoth<R, C>({
      ctx,
      scope,
      side: platform,
      // What both sides share is what `fields` makes; the platform gives the same.
      send: push as SyncSend<SyncFields, C>,
      fieldsOf: fields,
      policy: options.conflict ?? "source_wins",
      create: options.create as SyncCreate<SyncFields, C> | undefined,
      sendDeletes: deletes === "ignore" ? undefined : sendDeletes,
      maxDeletedShare,
      deletes,
      platformSince: from,
      echoPlug: options.echoPlug ?? ctx.plug.name,
      echoTtlMs,
    });
  }
  if (send) {
    const fieldsOf = (record: R): unknown => (fields ? fields(record) : record);
    const echoPlug = options.echoPlug ?? ctx.destPlug.name;
    const keepsPages = options.cursor === "opaque";
    return writeOut<R, C>({
      ctx,
      scope,
      send,
      sendDeletes,
      fieldsOf,
      deletes,
      maxDeletedShare,
      echoPlug,
      echoTtlMs,
      keepsPages,
    });
  }
  if (!write) throw new Error("a sync without `write`");
  const target =
    typeof write === "function" ? functionTarget<R, C>(write, options.remove) : tableTarget<R, T, C>(write, deletes);
  const tracked = deletes !== "ignore" && options.mode !== undefined && options.mode !== "incremental";
  return writeIn<R, C>({ ctx, scope, target, deletes, maxDeletedShare, tracked });
}

function keyReader<R>(read: (record: R) => string | number): (record: R) => string {
  return (record) => {
    const key: unknown = read(record);
    if ((typeof key === "string" && key !== "") || typeof key === "number") return String(key);
    throw new Error("A record of the source has no key.");
  };
}
