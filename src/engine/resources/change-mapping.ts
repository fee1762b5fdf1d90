import { sql } from "drizzle-orm";
import { z } from "zod";
import {
  decodeId,
  encodeId,
  type MappingPatch,
  type MappingRecord,
  maySeeTenant,
  newUuid,
  type Principal,
} from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { type Executor, rows, run, type Transaction } from "../database/adapter.ts";
import { sqlState } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";
import { connectOf } from "./connect-key.ts";
import { MAPPING_COLUMNS, mappingRecord, mappingRow } from "./mapping-record.ts";
import { storedGrams } from "./search-grams.ts";

type Parts = Pick<Engine, "adapter" | "mappings">;
/** Who asks, for the rights, the audit and the history. */
export interface By {
  readonly actor: Principal;
  readonly requestId: string;
}

/** A mapping by its id. @throws KhotanError `not_found`, also for those of tenants one may not see */
export async function readMapping(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<MappingRecord> {
  return mappingRecord((await find(engine.adapter.db, principal, id, false)).row);
}

async function find(executor: Pick<Executor, "execute">, principal: Principal, id: string, lock: boolean) {
  const uuid = decodeId("mapping", id);
  const [row] = uuid
    ? await rows(
        executor,
        sql`select ${sql.raw(MAPPING_COLUMNS)} from khotan_mappings m where m.id = ${uuid}::uuid ${sql.raw(lock ? "for update" : "")}`,
        mappingRow,
      )
    : [];
  if (row && uuid && maySeeTenant(principal, row.tenant)) return { uuid, row };
  throw new KhotanError("not_found", `There is no mapping "${id}".`, {
    hint: "It may have been merged or deleted; its history says so.",
  });
}

/** What a mapping becomes. */
interface Next {
  readonly connect: { readonly key: string; readonly values: Readonly<Record<string, string>> };
  readonly refs: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Change parts of a mapping, or make it exactly so.
 *
 * @throws KhotanError `not_found`; `conflict` naming the mapping that has the ref or the connect value; `validation_failed`
 */
export async function changeMapping(
  engine: Parts,
  id: string,
  patch: MappingPatch,
  mode: "merge" | "replace",
  by: By,
): Promise<MappingRecord> {
  return await changing(engine, async (tx) => {
    const { uuid, row } = await find(tx, by.actor, id, true);
    const before = mappingRecord(row);
    const resource = engine.mappings.resource(before.resource);
    const base =
      mode === "merge" ? before : { refs: {}, metadata: patch.metadata === undefined ? before.metadata : {} };
    const next: Next = {
      connect:
        patch.connect === undefined
          ? { key: row.connect_key, values: before.connect }
          : connectOf(resource, patch.connect),
      refs: withoutNull({ ...base.refs, ...patch.refs }),
      metadata: withoutNull({ ...base.metadata, ...patch.metadata }),
    };
    await write(tx, uuid, before, next);
    await remember(
      tx,
      before,
      { action: "updated", data: { before: facts(before), after: facts({ ...next, connect: next.connect.values }) } },
      by,
    );
    return mappingRecord((await find(tx, by.actor, id, false)).row);
  });
}

/** Forget a mapping. @throws KhotanError `not_found` */
export async function deleteMapping(engine: Parts, id: string, by: By): Promise<{ id: string }> {
  return await changing(engine, async (tx) => {
    const { uuid, row } = await find(tx, by.actor, id, true);
    const before = mappingRecord(row);
    await run(tx, sql`delete from khotan_mappings where id = ${uuid}::uuid`);
    await remember(tx, before, { action: "deleted", data: { before: facts(before) } }, by);
    return { id };
  });
}

export interface Merged {
  readonly mapping: MappingRecord;
  /** Refs that are lost, since the one that stays has another at that plug. */
  readonly dropped: Record<string, string>;
}

/**
 * Make one mapping of two. The one that stays wins where both have a value.
 *
 * @throws KhotanError `not_found`; `validation_failed` for two of different resources or tenants
 */
export async function mergeMappings(
  engine: Parts,
  { id, from, preview }: { readonly id: string; readonly from: string; readonly preview: boolean },
  by: By,
): Promise<Merged> {
  return await changing(engine, async (tx) => {
    if (id === from) throw new KhotanError("validation_failed", "A mapping cannot be merged into itself.");
    // In one order, so that two people who merge the same two crosswise wait for each other.
    const [one, two] = [id, from].sort();
    const first = await find(tx, by.actor, one ?? id, !preview);
    const second = await find(tx, by.actor, two ?? from, !preview);
    const [stays, goes] = one === id ? [first, second] : [second, first];
    const [kept, lost] = [mappingRecord(stays.row), mappingRecord(goes.row)];
    if (kept.resource !== lost.resource || kept.tenant !== lost.tenant) {
      throw new KhotanError("validation_failed", "Only mappings of one resource and one tenant can be merged.");
    }
    const next: Next = {
      connect: { key: stays.row.connect_key, values: kept.connect },
      refs: { ...lost.refs, ...kept.refs },
      metadata: { ...lost.metadata, ...kept.metadata },
    };
    const dropped = Object.fromEntries(
      Object.entries(lost.refs).filter(([plug, ref]) => next.refs[plug] !== undefined && next.refs[plug] !== ref),
    );
    if (preview) return { mapping: { ...kept, refs: { ...next.refs }, metadata: { ...next.metadata } }, dropped };
    await run(tx, sql`delete from khotan_mappings where id = ${goes.uuid}::uuid`);
    await write(tx, stays.uuid, kept, next);
    const data = { from: facts(lost), into: facts(kept), dropped };
    await remember(tx, kept, { action: "merged", data: { ...data, merged: from } }, by);
    await remember(tx, lost, { action: "merged", data: { ...data, mergedInto: id } }, by);
    return { mapping: mappingRecord((await find(tx, by.actor, id, false)).row), dropped };
  });
}

const withoutNull = <V>(record: Readonly<Record<string, V | null>>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

const facts = ({
  connect,
  refs,
  metadata,
}:
  | Pick<MappingRecord, "connect" | "refs" | "metadata">
  | { connect: Readonly<Record<string, string>>; refs: Next["refs"]; metadata: Next["metadata"] }) => ({
  connect,
  refs,
  metadata,
});

async function changing<T>(engine: Parts, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await engine.adapter.db.transaction(work);
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw new KhotanError("conflict", "Another mapping has this connect value or ref since a moment ago.", {
      hint: "Look for it, and merge the two.",
      cause: error,
    });
  }
}

async function write(tx: Transaction, uuid: string, before: MappingRecord, next: Next): Promise<void> {
  const { resource, tenant } = before;
  await refuseTaken(tx, uuid, before, next);
  const refs = Object.entries(next.refs).map(([plug, ref]) => ({
    plug,
    ref,
    grams: storedGrams(resource, tenant, ref),
  }));
  await run(
    tx,
    sql`
      update khotan_mappings set connect_key = ${next.connect.key}, connect = ${JSON.stringify(next.connect.values)}::text::jsonb,
        metadata = ${JSON.stringify(next.metadata)}::text::jsonb, updated_at = now(),
        grams = ${`{${storedGrams(resource, tenant, next.connect.key).join(",")}}`}::integer[]
      where id = ${uuid}::uuid
    `,
  );
  await run(tx, sql`delete from khotan_mapping_refs where mapping_id = ${uuid}::uuid`);
  await run(
    tx,
    sql`
      insert into khotan_mapping_refs (mapping_id, plug, resource, tenant, ref, grams)
      select ${uuid}::uuid, plug, ${resource}, ${tenant}, ref, grams
      from jsonb_to_recordset(${JSON.stringify(refs)}::text::jsonb) as r(plug text, ref text, grams integer[])
    `,
  );
}

/** Say whose it is, before the unique index only says that it is somebody's. */
async function refuseTaken(tx: Transaction, uuid: string, { resource, tenant }: MappingRecord, next: Next) {
  const [taken] = await rows(
    tx,
    sql`
      select id::text, null as plug, connect_key as value from khotan_mappings
      where resource = ${resource} and tenant = ${tenant} and connect_key = ${next.connect.key} and id <> ${uuid}::uuid
      union all
      select f.mapping_id::text, f.plug, f.ref
      from jsonb_each_text(${JSON.stringify(next.refs)}::text::jsonb) as w(plug, ref)
      join khotan_mapping_refs f on f.resource = ${resource} and f.tenant = ${tenant} and f.plug = w.plug and f.ref = w.ref
      where f.mapping_id <> ${uuid}::uuid
      limit 1
    `,
    z.object({ id: z.string(), plug: z.string().nullable(), value: z.string() }),
  );
  if (!taken) return;
  const owner = encodeId("mapping", taken.id);
  const what = taken.plug === null ? `"${taken.value}"` : `"${taken.value}" at ${taken.plug}`;
  throw new KhotanError("conflict", `${what} belongs to ${owner} already.`, {
    hint: "Merge the two mappings, or change the other one first.",
    issues: [{ path: taken.plug === null ? "connect" : `refs.${taken.plug}`, message: `It belongs to ${owner}.` }],
  });
}

async function remember(
  tx: Transaction,
  mapping: MappingRecord,
  change: { readonly action: "updated" | "deleted" | "merged"; readonly data: Record<string, unknown> },
  { actor, requestId }: By,
): Promise<void> {
  const uuid = decodeId("mapping", mapping.id);
  await run(
    tx,
    sql`
      insert into khotan_mapping_changes (id, mapping_id, resource, tenant, actor, action, data)
      values (${newUuid()}::uuid, ${uuid}::uuid, ${mapping.resource}, ${mapping.tenant}, ${actor.name ?? actor.id}, ${change.action}, ${JSON.stringify(change.data)}::text::jsonb)
    `,
  );
  const { tenant, id: target } = mapping;
  await writeAudit(tx, {
    actor,
    action: `mapping.${change.action}`,
    tenant,
    target,
    data: { resource: mapping.resource },
    requestId,
  });
  await announce(tx, "mappings", uuid);
}
