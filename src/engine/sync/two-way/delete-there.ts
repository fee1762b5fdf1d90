import type { FlowContext } from "../../flows/flow-context.ts";
import { type EchoTarget, rememberEchoes } from "../echoes/echoes.ts";
import { requireShare } from "../finish-full.ts";
import type { SyncSendDeletes } from "../sync-options.ts";
import { markStatesGone, type StateScope } from "../sync-states.ts";
import { agreedKeys, countAgreed, readAgreed } from "./agreed-states.ts";
import type { PlatformSide } from "./platform-side.ts";

export interface DeleteThere<C> {
  readonly ctx: C;
  readonly scope: StateScope;
  readonly side: PlatformSide<C>;
  readonly sendDeletes: SyncSendDeletes<C>;
  readonly echoes: EchoTarget;
  readonly maxDeletedShare: number;
  readonly since: Date | null;
  /** Look for every agreed record, also where your side remembers what it deleted. */
  readonly whole: boolean;
}

const PAGE = 500;

/**
 * Delete on the other side what was deleted here and is agreed on. The states go after the call: a process that dies in
 * between deletes once more, which changes nothing there.
 *
 * @throws PermanentError `sync_too_many_gone` when that would be too many: a table that was emptied by mistake stays one mistake
 */
export async function deleteThere<C extends FlowContext>(options: DeleteThere<C>): Promise<void> {
  const { ctx, scope, sendDeletes, echoes } = options;
  const gone = await goneHere(options);
  if (gone.length === 0) return;
  const live = await ctx.transaction((tx) => countAgreed(tx, scope));
  requireShare({ live, unseen: gone.length }, options.maxDeletedShare);
  for (let at = 0; at < gone.length; at += PAGE) {
    const keys = gone.slice(at, at + PAGE);
    const records = keys.map((key) => ({ key, record: null }));
    await ctx.transaction((tx) => rememberEchoes(tx, echoes, records));
    ctx.signal.throwIfAborted();
    await sendDeletes(keys, { ctx, signal: ctx.signal });
    await ctx.transaction(async (tx) => {
      await markStatesGone(tx, scope, keys);
      ctx.count("deleted", keys.length);
    });
  }
}

async function goneHere<C extends FlowContext>({ ctx, scope, side, since, whole }: DeleteThere<C>): Promise<string[]> {
  const gone: string[] = [];
  const { deleted } = side;
  for (let after = ""; ; ) {
    const from = after;
    const { keys, missing } = await ctx.transaction(async (tx) => {
      const keys =
        deleted && !whole
          ? await deleted({ since, after: from, limit: PAGE }, tx, { ctx })
          : await agreedKeys(tx, scope, from, PAGE);
      if (keys.length === 0) return { keys, missing: [] };
      const here = new Set((await side.find(keys, tx, { ctx })).map(({ key }) => key));
      const agreed = await readAgreed(tx, scope, keys);
      return { keys, missing: keys.filter((key) => agreed.has(key) && !here.has(key)) };
    });
    gone.push(...missing);
    const last = keys.at(-1);
    if (last === undefined) return gone;
    after = last;
  }
}
