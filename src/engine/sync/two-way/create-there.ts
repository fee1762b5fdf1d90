import { describeError } from "../../describe-error.ts";
import type { FlowContext } from "../../flows/flow-context.ts";
import { type EchoTarget, nameNewEchoes, rememberNewEchoes } from "../echoes/echoes.ts";
import { keyFor } from "../send-batch.ts";
import type { SyncCreate } from "../sync-options.ts";
import type { StateScope } from "../sync-states.ts";
import { writeAgreed } from "./agreed-states.ts";
import { type Creation, callCreations, forgetCreations, openCreations, refuseCreations } from "./creation-store.ts";
import type { Fields } from "./decide.ts";
import type { PlatformSide } from "./platform-side.ts";

export interface CreateThere<C> {
  readonly ctx: C;
  readonly scope: StateScope;
  readonly side: PlatformSide<C>;
  readonly create: SyncCreate<Fields, C>;
  readonly echoes: EchoTarget;
}

const PAGE = 200;
const LOGGED = 10;

/**
 * Let the other side make what is new here. What is asked for is stored before the call and taken away with the answer, in
 * the transaction that keeps the record's new name: so a process that dies in between leaves behind what it asked for,
 * and the next run asks for exactly that again, under the same idempotency key, before it reads anything. Read first, the
 * source would show a record that nobody here knows, and there would be two.
 *
 * @param generation the window whose states these become
 * @param calledOnly only what was asked for before, and nobody has the answer of
 */
export async function createThere<C extends FlowContext>(
  options: CreateThere<C>,
  generation: string,
  calledOnly: boolean,
): Promise<void> {
  const { ctx, scope, side } = options;
  for (let after = ""; ; ) {
    const from = after;
    const open = await ctx.transaction((tx) =>
      openCreations(tx, scope, side, { after: from, limit: PAGE, calledOnly }, { ctx }),
    );
    const last = open.at(-1)?.localKey;
    if (last === undefined) return;
    after = last;
    await ask(options, generation, open);
  }
}

async function ask<C extends FlowContext>(
  { ctx, scope, side, create, echoes }: CreateThere<C>,
  generation: string,
  batch: readonly Creation[],
): Promise<void> {
  const keys = batch.map(({ localKey }) => localKey);
  await ctx.transaction(async (tx) => {
    await callCreations(tx, scope, keys);
    await rememberNewEchoes(
      tx,
      echoes,
      batch.map(({ fields }) => fields),
    );
  });
  ctx.signal.throwIfAborted();
  const { created, failures = [] } = await create(
    batch.map(({ localKey, fields, called }) => ({
      localKey,
      record: fields,
      idempotencyKey: keyFor(scope, `new ${localKey}`, fields),
      again: called,
    })),
    { ctx, signal: ctx.signal },
  );
  const fieldsOf = new Map(batch.map(({ localKey, fields }) => [localKey, fields]));
  const made = created.flatMap(({ localKey, key }) => {
    const fields = fieldsOf.get(localKey);
    return fields === undefined ? [] : [{ localKey, key: String(key), fields }];
  });
  const refused = failures.filter(({ localKey }) => fieldsOf.has(localKey));
  const linked = await ctx.transaction(async (tx) => {
    const done = new Set(made.length === 0 ? [] : await side.link?.(made, tx, { ctx }));
    const without = made.filter(({ localKey }) => !done.has(localKey));
    const taken = new Set(
      (
        await side.find(
          without.map(({ key }) => key),
          tx,
          { ctx },
        )
      ).map(({ key }) => key),
    );
    // What was deleted here meanwhile is agreed on as well: so it is known there that it is to be deleted.
    for (const { localKey, key } of without) if (!taken.has(key)) done.add(localKey);
    const named = made.filter(({ localKey }) => done.has(localKey));
    await writeAgreed(
      tx,
      scope,
      generation,
      named.map(({ key, fields }) => ({ key, fields, pending: false })),
    );
    await forgetCreations(
      tx,
      scope,
      named.map(({ localKey }) => localKey),
    );
    await refuseCreations(
      tx,
      scope,
      refused.map(({ localKey }) => localKey),
    );
    await nameNewEchoes(
      tx,
      echoes,
      made.map(({ key, fields }) => ({ key, record: fields })),
    );
    ctx.count("created", named.length);
    return done;
  });
  for (const { localKey, error } of refused.slice(0, LOGGED)) {
    ctx.log.error(`${localKey} could not be made there; the next run tries again`, { error: describeError(error) });
  }
  const unlinked = made.filter(({ localKey }) => !linked.has(localKey));
  for (const { localKey, key } of unlinked.slice(0, LOGGED)) {
    ctx.log.error(`${localKey} was made there as ${key}, but here another record has that name`);
  }
  ctx.count("failed", refused.length + unlinked.length);
  const silent = keys.filter(
    (key) => !made.some((one) => one.localKey === key) && !refused.some((one) => one.localKey === key),
  );
  if (silent.length > 0) throw new Error(`\`create\` says nothing of ${silent.length} records, e.g. "${silent[0]}".`);
}
