import type { Counter, Counters } from "../../contract/index.ts";
import type { FlowContext } from "../flows/flow-context.ts";
import { removeUnseen } from "./finish-full.ts";
import type { SyncDeletes } from "./sync-options.ts";
import { markStatesGone, type StateScope, touchStates } from "./sync-states.ts";
import type { SyncTarget } from "./sync-target.ts";
import type { SyncWriter } from "./sync-writer.ts";

export interface InOptions<R, C> {
  readonly ctx: C;
  readonly scope: StateScope;
  readonly target: SyncTarget<R, C>;
  readonly deletes: SyncDeletes;
  readonly maxDeletedShare: number;
  /** Whether it has to be known later which records there were. */
  readonly tracked: boolean;
}

type WritingContext = Pick<FlowContext, "transaction"> & {
  count(counter: Counter, by?: number): void;
  count(counters: Counters): void;
};

/** Into the platform: a page, its place and its figures are one transaction. */
export function writeIn<R, C extends WritingContext>(options: InOptions<R, C>): SyncWriter<R> {
  const { ctx, scope, target, deletes, maxDeletedShare, tracked } = options;
  return {
    async page({ records, gone, generation, keep }) {
      return await ctx.transaction(async (tx) => {
        let failed = 0;
        if (records.length > 0) {
          failed = await target.write(
            records.map(({ record }) => record),
            tx,
            ctx,
          );
        }
        if (tracked) {
          const seen = records.map(({ key, digest }) => ({ key, hash: digest }));
          await touchStates(tx, scope, generation, seen);
        }
        if (gone.length > 0 && deletes === "ignore") ctx.count("skipped", gone.length);
        else if (gone.length > 0) {
          ctx.count("deleted", await target.remove(gone, tx, ctx));
          if (tracked) await markStatesGone(tx, scope, gone);
        }
        await keep(tx);
        return failed === 0;
      });
    },
    async finish({ generation, whole, keep }) {
      await ctx.transaction(async (tx) => {
        if (whole && deletes !== "ignore") await removeUnseen(tx, ctx, scope, generation, target, maxDeletedShare);
        await keep(tx);
      });
    },
  };
}
