import type { PgTable } from "drizzle-orm/pg-core";
import { KhotanConfigError } from "../errors.ts";
import type { AnyPlug } from "../plugs/index.ts";
import { type ResolvedSync, runSync } from "./run-sync.ts";
import type { SyncContext, SyncOptions, SyncReport } from "./sync-options.ts";
import { timeOf } from "./sync-place.ts";
import { functionTarget, tableTarget } from "./sync-target.ts";
import { writeIn } from "./write-in.ts";

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
export function sync<R, T extends PgTable, P extends AnyPlug = AnyPlug, D extends AnyPlug = never>(
  options: SyncOptions<R, T, P, D>,
): (ctx: SyncContext<P, D>) => Promise<SyncReport> {
  const resolved = resolveSync(options);
  return (ctx) => runSync(resolved, ctx);
}

function resolveSync<R, T extends PgTable, P extends AnyPlug, D extends AnyPlug>(
  options: SyncOptions<R, T, P, D>,
): ResolvedSync<R, SyncContext<P, D>> {
  checkSync(options);
  type C = SyncContext<P, D>;
  const { key, updatedAt, mode = "incremental", deletes = "ignore", clock = Date } = options;
  const read = <V>(by: (keyof R & string) | ((record: R) => V)) =>
    typeof by === "function" ? by : (record: R) => record[by] as V;
  const tracked = deletes !== "ignore" && mode !== "incremental";
  return {
    read: options.read,
    keyOf: keyReader(read(key)),
    timeOf: updatedAt === undefined ? () => null : (record) => timeOf(read(updatedAt)(record)),
    isDeleted: options.deleted ?? (() => false),
    cursor: options.cursor ?? (updatedAt === undefined ? "none" : "updated_at"),
    overlapMs: options.overlapMs ?? OVERLAP_MS,
    mode: typeof mode === "function" ? mode : () => mode,
    sharesScope: options.scope === "flow",
    drift: options.drift ?? "pause",
    now: () => clock.now(),
    openWriter: (ctx, scope) => {
      const { write, maxDeletedShare = 0.5 } = options;
      if (!write) throw new Error("a sync without `write`");
      const target =
        typeof write === "function"
          ? functionTarget<R, C>(write, options.remove)
          : tableTarget<R, T, C>(write, deletes);
      return writeIn({ ctx, scope, target, deletes, maxDeletedShare, tracked });
    },
  };
}

function keyReader<R>(read: (record: R) => string | number): (record: R) => string {
  return (record) => {
    const key: unknown = read(record);
    if ((typeof key === "string" && key !== "") || typeof key === "number") return String(key);
    throw new Error("A record of the source has no key.");
  };
}

function checkSync<R, T extends PgTable, P extends AnyPlug, D extends AnyPlug>(options: SyncOptions<R, T, P, D>): void {
  const issues: { path: string; message: string }[] = [];
  const { deletes = "ignore", write, mode } = options;
  const wrong = (path: string, message: string) => issues.push({ path: `sync.${path}`, message });
  if (!write) wrong("write", "Say where the records go: `write`.");
  if (options.cursor === "updated_at" && options.updatedAt === undefined)
    wrong("updatedAt", "A cursor by `updated_at` needs to know when a record changed.");
  if (deletes !== "ignore" && (mode === undefined || mode === "incremental") && !options.deleted)
    wrong(
      "deletes",
      "A run that reads only what changed cannot see what is gone: give `deleted`, or a mode that is `full`.",
    );
  if (deletes === "mark" && typeof write === "object" && !write.mark)
    wrong("write.mark", "Say what marks a row, e.g. `mark: () => ({ deletedAt: new Date() })`.");
  if (deletes !== "ignore" && typeof write === "function" && !options.remove)
    wrong("remove", "Say what to do about records that are gone.");
  if (typeof write === "object" && deletes !== "ignore" && typeof write.key !== "string" && !write.rowOf)
    wrong("write.rowOf", "With a key of several fields, say which row a record's key means.");
  const { overlapMs = 0, maxDeletedShare = 0.5 } = options;
  if (!(overlapMs >= 0)) wrong("overlapMs", "Must be 0 or more milliseconds.");
  if (!(maxDeletedShare >= 0 && maxDeletedShare <= 1)) wrong("maxDeletedShare", "Must be from 0 to 1.");
  if (issues.length > 0) throw new KhotanConfigError(issues);
}
