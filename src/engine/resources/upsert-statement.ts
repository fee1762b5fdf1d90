import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

export interface UpsertInput {
  readonly i: number;
  readonly id: string;
  readonly change: string;
  readonly k: string;
  readonly connect: Readonly<Record<string, string>>;
  readonly grams: readonly number[];
  /** `null`: stays as it is. */
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** By plug. */
  readonly by: Readonly<Record<string, string>>;
  readonly refs: readonly { readonly p: string; readonly r: string; readonly g: readonly number[] }[];
}

export const upsertedRow = z.object({
  i: z.number(),
  /** `null`: somebody else made it at this moment; try again. */
  id: z.string().nullable(),
  outcome: z.enum(["created", "updated", "unchanged", "conflict", "raced"]),
  plug: z.string().nullable(),
  ref: z.string().nullable(),
  owner: z.string().nullable(),
});

/**
 * Write any number of mappings in one statement.
 *
 * All parts see the tables as they were when it began. A record whose ref
 * belongs to another mapping is left out whole and reported. Two callers that
 * make the same mapping at once: `on conflict do nothing` waits for the first;
 * the second does not see the row yet and reports `raced`, so its caller asks
 * again. Two that claim one ref at once: the unique index refuses the second,
 * whose caller asks again as well and then sees the owner. Rows are inserted in
 * the order of their keys, so that two callers cannot wait for each other.
 */
export function upsertStatement(
  place: { readonly resource: string; readonly tenant: string; readonly actor: string },
  inputs: readonly UpsertInput[],
  mode: "merge" | "replace",
): SQL {
  const { resource, tenant, actor } = place;
  const merged = mode === "merge";
  return sql`
    with input as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(inputs)}::text::jsonb)
        as r(i integer, id uuid, change uuid, k text, connect jsonb, grams integer[], metadata jsonb, by jsonb, refs jsonb)
    ), wanted as materialized (
      select input.i, input.k, w.p as plug, w.r as ref, w.g as grams
      from input cross join lateral jsonb_to_recordset(input.refs) as w(p text, r text, g integer[])
    ), old as materialized (
      select input.i, m.id, m.metadata,
        coalesce((select jsonb_object_agg(r.plug, r.ref) from khotan_mapping_refs r where r.mapping_id = m.id), '{}') as refs
      from input
      join khotan_mappings m on m.resource = ${resource} and m.tenant = ${tenant} and m.connect_key = input.k
    ), conflicts as materialized (
      select distinct on (wanted.i) wanted.i, wanted.plug, wanted.ref, r.mapping_id as owner
      from wanted
      join khotan_mapping_refs r
        on r.resource = ${resource} and r.tenant = ${tenant} and r.plug = wanted.plug and r.ref = wanted.ref
      join khotan_mappings o on o.id = r.mapping_id
      where o.connect_key <> wanted.k
      order by wanted.i, wanted.plug
    ), good as materialized (
      select input.* from input left join conflicts on conflicts.i = input.i where conflicts.i is null
    ), inserted as (
      insert into khotan_mappings (id, resource, tenant, connect_key, connect, metadata, grams)
      select id, ${resource}, ${tenant}, k, connect, coalesce(metadata, '{}'), grams from good order by k
      on conflict (resource, tenant, connect_key) do nothing
      returning id, connect_key
    ), target as materialized (
      select good.i, good.change, good.metadata, coalesce(inserted.id, old.id) as id, inserted.id is not null as created,
        coalesce(old.refs, '{}') as old_refs, old.metadata as old_metadata,
        ${merged ? sql`coalesce(old.refs, '{}') ||` : sql``} good.by as new_refs,
        case when good.metadata is null then coalesce(old.metadata, '{}')
          else ${merged ? sql`coalesce(old.metadata, '{}') ||` : sql``} good.metadata end as new_metadata
      from good
      left join old on old.i = good.i
      left join inserted on inserted.connect_key = good.k
    ), touched as materialized (
      select *, created or old_refs <> new_refs as refs_changed,
        created or old_refs <> new_refs or old_metadata <> new_metadata as changed
      from target where id is not null
    ), put as (
      insert into khotan_mapping_refs as r (mapping_id, plug, resource, tenant, ref, grams)
      select touched.id, wanted.plug, ${resource}, ${tenant}, wanted.ref, wanted.grams
      from wanted join touched on touched.i = wanted.i
      where touched.refs_changed
      order by wanted.plug, wanted.ref
      on conflict (mapping_id, plug) do update set ref = excluded.ref, grams = excluded.grams where r.ref <> excluded.ref
    ), dropped as (
      delete from khotan_mapping_refs r using touched
      where r.mapping_id = touched.id and touched.refs_changed and not touched.created and not (touched.new_refs ? r.plug)
    ), bumped as (
      update khotan_mappings m set metadata = touched.new_metadata, updated_at = now()
      from touched where m.id = touched.id and touched.changed and not touched.created
    ), history as (
      insert into khotan_mapping_changes (id, mapping_id, resource, tenant, actor, action, data)
      select change, id, ${resource}, ${tenant}, ${actor}, case when created then 'created' else 'updated' end,
        case when created then jsonb_build_object('after', jsonb_build_object('refs', new_refs, 'metadata', new_metadata))
          else jsonb_build_object(
            'before', jsonb_build_object('refs', old_refs, 'metadata', old_metadata),
            'after', jsonb_build_object('refs', new_refs, 'metadata', new_metadata)) end
      from touched where changed
    )
    select target.i, target.id::text as id,
      case when target.id is null then 'raced' when created then 'created' when changed then 'updated' else 'unchanged' end as outcome,
      null::text as plug, null::text as ref, null::text as owner
    from target left join touched using (i, created)
    union all
    select i, null, 'conflict', plug, ref, owner::text from conflicts
    order by i
  `;
}
