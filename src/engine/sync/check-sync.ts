import type { PgTable } from "drizzle-orm/pg-core";
import { KhotanConfigError } from "../errors.ts";
import type { AnyPlug } from "../plugs/index.ts";
import type { SyncFields, SyncOptions } from "./sync-options.ts";

/** Whether the options of a sync go together. @throws KhotanConfigError with the path of every mistake */
export function checkSync<R, T extends PgTable, P extends AnyPlug, D extends AnyPlug, F extends SyncFields, K>(
  options: SyncOptions<R, T, P, D, F, K>,
): void {
  const issues: { path: string; message: string }[] = [];
  const wrong = (path: string, message: string) => issues.push({ path: `sync.${path}`, message });
  const { deletes = "ignore", mode = "incremental", write, send, platform, push, direction } = options;
  const ways = [write && "in", send && "out", (platform || push) && "both"].filter((way) => way !== undefined);
  if (ways.length !== 1) wrong("write", "Give one of: `write` (in), `send` (out), `platform` with `push` (both ways).");
  else if (direction !== undefined && direction !== ways[0]) wrong("direction", `What is given says "${ways[0]}".`);
  if ((platform || push) && !(platform && push && options.fields)) {
    wrong("platform", "Both ways need `platform`, `push` and `fields`.");
  }
  if (options.create && !platform) wrong("create", "Only syncs that go both ways make records at the source.");
  if (options.create && platform && !platform.link) {
    wrong("platform.link", "To make records at the source, say how your side keeps what they are called there.");
  }
  if (options.conflict !== undefined && !platform) wrong("conflict", "Only syncs that go both ways have conflicts.");
  if (options.cursor === "updated_at" && options.updatedAt === undefined) {
    wrong("updatedAt", "A cursor by `updated_at` needs to know when a record changed.");
  }
  if (options.conflict === "newest_wins" && options.updatedAt === undefined) {
    wrong("updatedAt", "To know which side is newer, say when a record changed.");
  }
  if (typeof write === "object" && (write.map === undefined) === (write.fieldMapping === undefined)) {
    wrong("write.map", "Give one of: `map`, `fieldMapping`.");
  }
  if (deletes !== "ignore") checkDeletes(options, mode, wrong);
  const { overlapMs = 0, maxDeletedShare = 0.5, echoTtlMs = 1 } = options;
  if (!(overlapMs >= 0)) wrong("overlapMs", "Must be 0 or more milliseconds.");
  if (!(echoTtlMs > 0)) wrong("echoTtlMs", "Must be more than 0 milliseconds.");
  if (!(maxDeletedShare >= 0 && maxDeletedShare <= 1)) wrong("maxDeletedShare", "Must be from 0 to 1.");
  if (issues.length > 0) throw new KhotanConfigError(issues);
}

function checkDeletes<R, T extends PgTable, P extends AnyPlug, D extends AnyPlug, F extends SyncFields, K>(
  { deletes, deleted, write, remove, send, sendDeletes, platform }: SyncOptions<R, T, P, D, F, K>,
  mode: unknown,
  wrong: (path: string, message: string) => void,
): void {
  if (mode === "incremental" && !deleted) {
    wrong("deletes", "What reads only changes cannot see what is gone: give `deleted`, or a mode that is `full`.");
  }
  if (platform && !deleted)
    wrong("deletes", "Both ways only what says of itself that it was deleted is: give `deleted`.");
  if (send && !sendDeletes) wrong("sendDeletes", "Say how the other side is told.");
  if (typeof write === "function" && !remove) wrong("remove", "Say what to do about records that are gone.");
  if (typeof write !== "object") return;
  if (deletes === "mark" && !write.mark) {
    wrong("write.mark", "Say what marks a row, e.g. `mark: () => ({ deletedAt: new Date() })`.");
  }
  if (typeof write.key !== "string" && !write.rowOf) {
    wrong("write.rowOf", "With a key of several fields, say which row a record's key means.");
  }
}
