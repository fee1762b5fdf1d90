import { digestOf } from "../caches/delta-skip.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import { type GuardedShare, requireShare } from "./finish-full.ts";
import { type SendOptions, sendBatch } from "./send-batch.ts";
import type { SyncDeletes, SyncSendDeletes } from "./sync-options.ts";
import { countUnseen, markStatesGone, readHashes, touchStates, unseenKeys } from "./sync-states.ts";
import type { SyncWriter } from "./sync-writer.ts";

export interface OutOptions<R, C> extends SendOptions<R, C>, GuardedShare {
  readonly deletes: SyncDeletes;
  readonly fieldsOf: (record: R) => unknown;
  readonly sendDeletes: SyncSendDeletes<C> | undefined;
  /** Whether a place inside a window is kept: then a page has to be sent whole before it is. */
  readonly keepsPages: boolean;
}

const PAGE = 1_000;

/**
 * To another side, by calls: only what differs from what was sent before. A process that dies between a call and its
 * commit sends that page again, with the same idempotency keys.
 */
export function writeOut<R, C extends FlowContext>(options: OutOptions<R, C>): SyncWriter<R> {
  const { ctx, scope, deletes, fieldsOf, sendDeletes } = options;
  return {
    async page({ records, gone, generation, keep }) {
      const known = await ctx.transaction((tx) => readHashes(tx, scope, [...records.map(({ key }) => key), ...gone]));
      const seen = records.map((one) => {
        const fields = fieldsOf(one.record);
        return { key: one.key, record: one.record, fields, hash: digestOf(fields) };
      });
      const changed = seen.filter(({ key, hash }) => known.get(key) !== hash);
      if (changed.length < seen.length) ctx.count("skipped", seen.length - changed.length);
      const failed = await sendBatch(options, changed);
      const leaving = gone.filter((key) => known.has(key));
      if (leaving.length > 0 && deletes !== "ignore") await sendDeletes?.(leaving, { ctx, signal: ctx.signal });
      await ctx.transaction(async (tx) => {
        // What could not be sent was seen all the same, as what it was before: that it is not gone is known.
        const states = seen.flatMap(({ key, hash }) => {
          const before = known.get(key);
          if (!failed.has(key)) return [{ key, hash }];
          return before === undefined ? [] : [{ key, hash: before }];
        });
        await touchStates(tx, scope, generation, states);
        if (leaving.length > 0 && deletes !== "ignore") {
          await markStatesGone(tx, scope, leaving);
          ctx.count("deleted", leaving.length);
        }
        if (failed.size === 0 || !options.keepsPages) await keep(tx);
      });
      if (failed.size > 0 && options.keepsPages) {
        throw new Error(`${failed.size} records of this page could not be sent; the page is sent again.`);
      }
      return failed.size === 0;
    },
    async finish({ generation, whole, keep }) {
      if (whole && deletes !== "ignore") {
        const counted = await ctx.transaction((tx) => countUnseen(tx, scope, generation));
        requireShare(counted, options.maxDeletedShare);
        for (let after = ""; counted.unseen > 0; ) {
          const from = after;
          const keys = await ctx.transaction((tx) => unseenKeys(tx, scope, generation, from, PAGE));
          const last = keys.at(-1);
          if (last === undefined) break;
          after = last;
          await sendDeletes?.(keys, { ctx, signal: ctx.signal });
          await ctx.transaction(async (tx) => {
            await markStatesGone(tx, scope, keys);
            ctx.count("deleted", keys.length);
          });
        }
      }
      await ctx.transaction(keep);
    },
  };
}
