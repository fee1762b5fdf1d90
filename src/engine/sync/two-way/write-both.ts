import { type ConflictPolicy, decodeId } from "../../../contract/index.ts";
import type { Transaction } from "../../database/adapter.ts";
import type { FlowContext } from "../../flows/flow-context.ts";
import {
  type ConflictScope,
  chosenValues,
  listConflictsOf,
  markApplied,
  type NewConflict,
} from "../conflicts/conflict-store.ts";
import { type SendOptions, sendBatch } from "../send-batch.ts";
import type { SyncCreate, SyncDeletes, SyncSendDeletes } from "../sync-options.ts";
import { markStatesGone } from "../sync-states.ts";
import type { SyncWriter } from "../sync-writer.ts";
import { type AgreedState, pendingStates, readAgreed, writeAgreed } from "./agreed-states.ts";
import { createThere } from "./create-there.ts";
import { dropUncalled, knownKeys, wantCreations } from "./creation-store.ts";
import { decide, type Fields, sameFields, winnerOf } from "./decide.ts";
import { deleteThere } from "./delete-there.ts";
import type { PlatformSide } from "./platform-side.ts";

export interface BothOptions<R, C> extends SendOptions<Fields, C> {
  readonly side: PlatformSide<C>;
  readonly fieldsOf: (record: R) => Fields;
  readonly policy: ConflictPolicy;
  readonly deletes: SyncDeletes;
  /** Make there what is new here. */
  readonly create: SyncCreate<Fields, C> | undefined;
  /** Delete there what was deleted here; not given when deletions are nobody's business. */
  readonly sendDeletes: SyncSendDeletes<C> | undefined;
  readonly maxDeletedShare: number;
  /** Look at what changed here at this time or later. */
  readonly platformSince: Date | null;
}

const PAGE = 500;
interface Owed {
  readonly key: string;
  readonly fields: Fields;
}

/**
 * Both ways. What a page changes here commits together with what is owed to the other side; then it is sent, and then
 * agreed. After a crash in between, what is owed is a change of this side alone: it is sent again, and is no conflict.
 */
export function writeBoth<R, C extends FlowContext>(options: BothOptions<R, C>): SyncWriter<R> {
  const { ctx, scope, side, fieldsOf, policy, deletes, create, sendDeletes } = options;
  const tools = { ctx };
  const runId = decodeId("run", ctx.runId);
  const echoes = { plug: options.echoPlug, tenant: ctx.tenant, runId, ttlMs: options.echoTtlMs };
  const conflictScope: ConflictScope = {
    ...scope,
    plug: ctx.plug.name,
    flow: ctx.flow.name,
    runId,
  };

  /** Tell the other side, and agree. */
  async function settle(generation: string, owed: readonly Owed[]): Promise<void> {
    const failed = await sendBatch(
      options,
      owed.map(({ key, fields }) => ({ key, record: fields, fields })),
    );
    const agreed = owed.flatMap(({ key, fields }) => (failed.has(key) ? [] : [{ key, fields, pending: false }]));
    if (agreed.length > 0) await ctx.transaction((tx) => writeAgreed(tx, scope, generation, agreed));
  }

  /** What is here differs from what was agreed: it is owed to the other side. */
  async function sendOurs(
    generation: string,
    read: (tx: Transaction) => Promise<{ keys: string[]; last: string | null }>,
  ) {
    for (;;) {
      const { owed, last } = await ctx.transaction(async (tx) => {
        const { keys, last } = await read(tx);
        if (keys.length === 0) return { owed: [], last };
        const [agreed, ours] = [await readAgreed(tx, scope, keys), await side.find(keys, tx, tools)];
        const changed = ours.flatMap(({ key, fields }): Owed[] => {
          const base = agreed.get(key);
          // What the source never had cannot be changed there.
          return base === undefined || sameFields(base, fields) ? [] : [{ key, fields }];
        });
        const kept = changed.map(({ key }) => ({ key, fields: agreed.get(key) ?? {}, pending: true }));
        const owing = new Set(changed.map(({ key }) => key));
        const settled = keys.flatMap((key): AgreedState[] => {
          const base = agreed.get(key);
          return base === undefined || owing.has(key) ? [] : [{ key, fields: base, pending: false }];
        });
        await writeAgreed(tx, scope, generation, [...kept, ...settled]);
        return { owed: changed, last };
      });
      await settle(generation, owed);
      if (last === null) return;
    }
  }

  return {
    async open({ generation }) {
      if (create) await createThere({ ctx, scope, side, create, echoes }, generation, true);
    },

    async page({ records, gone, goneAt, generation, keep }) {
      const owed = await ctx.transaction(async (tx) => {
        const keys = [...records.map(({ key }) => key), ...gone];
        const agreed = await readAgreed(tx, scope, keys);
        const ours = new Map((await side.find(keys, tx, tools)).map((one) => [one.key, one]));
        const writes: Owed[] = [];
        const sends: Owed[] = [];
        const states: AgreedState[] = [];
        const conflicts: NewConflict[] = [];
        for (const { key, record, at } of records) {
          const source = fieldsOf(record);
          const here = ours.get(key);
          const base = agreed.get(key) ?? null;
          if (!here) {
            if (base !== null && sendDeletes) {
              // Deleted here. Unless somebody changed it there, the deletion is sent in the end.
              const changedThere = !sameFields(source, base);
              const winner = changedThere ? winnerOf(policy, at, null) : "platform";
              if (changedThere) {
                const value = winner === "source" ? source : null;
                const common = { key, fields: [], base, source, platform: null, sourceAt: at, platformAt: null };
                conflicts.push({ ...common, policy, outcome: winner, value });
              }
              if (winner === "platform") {
                ctx.count("skipped");
                continue;
              }
            }
            writes.push({ key, fields: source });
            states.push({ key, fields: source, pending: false });
            ctx.count("created");
            continue;
          }
          const platformAt = here.updatedAt.toISOString();
          const sides = { base, source, platform: here.fields, sourceAt: at, platformAt };
          const { merged, conflicts: fields, winner } = decide({ ...sides, policy });
          if (fields.length > 0) conflicts.push({ key, ...sides, fields, policy, outcome: winner, value: merged });
          const [here_, there] = [!sameFields(merged, here.fields), !sameFields(merged, source)];
          if (here_) writes.push({ key, fields: merged });
          if (there) sends.push({ key, fields: merged });
          ctx.count(here_ ? "updated" : "skipped");
          // As the source has it: what differs here from now on is this side's change alone.
          states.push({ key, fields: source, pending: there });
        }
        const leaving: string[] = [];
        for (const key of gone) {
          const here = ours.get(key);
          const base = agreed.get(key);
          // Never ours, or dealt with already.
          if (base === undefined) continue;
          const changedHere = here !== undefined && !sameFields(here.fields, base);
          const sourceAt = goneAt.get(key) ?? null;
          const platformAt = here?.updatedAt.toISOString() ?? null;
          const winner = changedHere ? winnerOf(policy, sourceAt, platformAt) : "source";
          if (changedHere) {
            const value = winner === "source" ? null : here.fields;
            const common = { key, fields: [], base, source: null, platform: here.fields, sourceAt, platformAt };
            conflicts.push({ ...common, policy, outcome: winner, value });
          }
          if (winner === "source") leaving.push(key);
        }
        if (writes.length > 0) await side.write(writes, tx, tools);
        if (leaving.length > 0 && deletes !== "ignore") {
          await side.remove?.(leaving, tx, tools);
          ctx.count("deleted", leaving.filter((key) => ours.has(key)).length);
        }
        await writeAgreed(tx, scope, generation, states);
        await markStatesGone(tx, scope, gone);
        await listConflictsOf(tx, conflictScope, conflicts);
        await keep(tx);
        return sends;
      });
      await settle(generation, owed);
      return true;
    },

    async finish({ generation, whole, keep }) {
      await applyChoices(generation);
      let behind = "";
      await sendOurs(generation, async (tx) => {
        const found = await pendingStates(tx, scope, behind, PAGE);
        behind = found.at(-1)?.key ?? behind;
        return { keys: found.map(({ key }) => key), last: found.length < PAGE ? null : behind };
      });
      let after = "";
      await sendOurs(generation, async (tx) => {
        const query = { since: options.platformSince, after, limit: PAGE };
        const found = await side.changed(query, tx, tools);
        after = found.at(-1)?.key ?? after;
        if (create && !side.unnamed) {
          const known = await knownKeys(
            tx,
            scope,
            found.map(({ key }) => key),
          );
          await wantCreations(
            tx,
            scope,
            runId,
            found.filter(({ key }) => !known.has(key)),
          );
        }
        return { keys: found.map(({ key }) => key), last: found.length < PAGE ? null : after };
      });
      if (sendDeletes) {
        const { maxDeletedShare, platformSince } = options;
        const since = whole ? null : platformSince;
        await deleteThere({ ctx, scope, side, sendDeletes, echoes, maxDeletedShare, since, whole });
      }
      if (create) {
        await wantUnnamed();
        await createThere({ ctx, scope, side, create, echoes }, generation, false);
      }
      await ctx.transaction(keep);
    },
  };

  /** List anew what the other side has no name for. */
  async function wantUnnamed(): Promise<void> {
    if (!side.unnamed) return;
    await ctx.transaction((tx) => dropUncalled(tx, scope));
    for (let after = ""; ; ) {
      const from = after;
      const found = await ctx.transaction(async (tx) => {
        const page = (await side.unnamed?.({ after: from, limit: PAGE }, tx, tools)) ?? [];
        await wantCreations(tx, scope, runId, page);
        return page;
      });
      const last = found.at(-1)?.key;
      if (last === undefined) return;
      after = last;
    }
  }

  /** What people chose in conflicts: here at once, there as a change of this side. */
  async function applyChoices(generation: string): Promise<void> {
    await ctx.transaction(async (tx) => {
      const chosen = await chosenValues(tx, scope, PAGE);
      if (chosen.length === 0) return;
      const values = new Map(chosen.map(({ key, value }) => [key, value]));
      const agreed = await readAgreed(tx, scope, [...values.keys()]);
      await side.write(
        [...values].map(([key, fields]) => ({ key, fields })),
        tx,
        tools,
      );
      const states = [...agreed].map(([key, fields]) => ({ key, fields, pending: true }));
      await writeAgreed(tx, scope, generation, states);
      await markApplied(
        tx,
        chosen.map(({ id }) => id),
      );
    });
  }
}
