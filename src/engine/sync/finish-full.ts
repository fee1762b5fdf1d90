import type { Counters } from "../../contract/index.ts";
import type { Transaction } from "../database/adapter.ts";
import { PermanentError } from "../handlers/outcome.ts";
import { countUnseen, markStatesGone, type StateScope, unseenKeys } from "./sync-states.ts";
import type { SyncTarget } from "./sync-target.ts";

const PAGE = 5_000;

/**
 * Take away what a whole refresh did not see. In one transaction, and only after every page was read and written:
 * a refresh that fails half-way takes away nothing.
 *
 * @throws PermanentError `sync_too_many_gone` when more than `maxShare` of the records would go
 */
export async function removeUnseen<R, C extends { count(counters: Counters): void }>(
  tx: Transaction,
  ctx: C,
  scope: StateScope,
  generation: string,
  target: SyncTarget<R, C>,
  maxShare: number,
): Promise<void> {
  const counted = await countUnseen(tx, scope, generation);
  if (counted.unseen === 0) return;
  requireShare(counted, maxShare);
  for (let after = ""; ; ) {
    const keys = await unseenKeys(tx, scope, generation, after, PAGE);
    const last = keys.at(-1);
    if (last === undefined) return;
    after = last;
    ctx.count({ deleted: await target.remove(keys, tx, ctx) });
    await markStatesGone(tx, scope, keys);
  }
}

export interface GuardedShare {
  readonly maxDeletedShare: number;
}

/** @throws PermanentError `sync_too_many_gone` */
export function requireShare(
  { live, unseen }: { readonly live: number; readonly unseen: number },
  maxShare: number,
): void {
  if (unseen <= live * maxShare) return;
  throw new PermanentError(
    `The source has ${live - unseen} of ${live} records left: ${unseen} would be taken away. Nothing was.`,
    {
      code: "sync_too_many_gone",
      hint: `More than a share of ${maxShare} is refused, since a source that is suddenly empty is mostly a mistake. If it is right, raise \`maxDeletedShare\`.`,
    },
  );
}
