import { sql } from "drizzle-orm";
import { z } from "zod";
import { type ConnectValue, DEFAULT_TENANT, newUuid } from "../../contract/index.ts";
import type { Publisher } from "../changes/publisher.ts";
import { type Adapter, rows } from "../database/adapter.ts";
import { KhotanConfigError, KhotanError } from "../errors.ts";
import type { BoundMapping } from "./bound-mapping.ts";
import { connectOf } from "./connect-key.ts";
import { lookupByConnect, lookupByRef } from "./lookup-mappings.ts";
import type { Resource } from "./resource.ts";
import { upsertMappings } from "./upsert-mappings.ts";

/** The resources an app declared, and the mappings of their records. */
export interface Mappings {
  readonly resources: ReadonlyMap<string, Resource>;
  /** @throws KhotanError `not_found` */
  resource(name: string): Resource;
  /** By name, or by the declaration itself, which knows its connect fields. @throws KhotanError `not_found` */
  open<Field extends string = string>(
    resource: string | Resource<Field>,
    options?: { readonly tenant?: string; readonly actor?: string },
  ): BoundMapping<Field>;
}

/** @throws KhotanConfigError when two resources have one name. */
export function createMappings(
  { adapter, publisher }: { readonly adapter: Adapter; readonly publisher: Publisher },
  declared: readonly Resource[] = [],
): Mappings {
  const resources = new Map<string, Resource>();
  declared.forEach((resource, at) => {
    if (resources.has(resource.name)) {
      throw new KhotanConfigError([
        { path: `resources[${at}]`, message: `There are two resources named "${resource.name}".` },
      ]);
    }
    resources.set(resource.name, resource);
  });
  const changed = () => publisher.publish("mappings", null);

  function require(name: string): Resource {
    const found = resources.get(name);
    if (found) return found;
    throw new KhotanError("not_found", `There is no resource "${name}".`, {
      hint: `Registered are: ${[...resources.keys()].join(", ") || "none"}. Add it to \`resources\` of the factory.`,
    });
  }

  function open(named: string | Resource, { tenant = DEFAULT_TENANT, actor = "code" } = {}): BoundMapping {
    const resource = require(typeof named === "string" ? named : named.name);
    return {
      resource: resource.name,
      tenant,
      async get(connect, { tx = adapter.db } = {}) {
        const [found = null] = await lookupByConnect(tx, resource, tenant, [connect]);
        return found;
      },
      async getByRef(plug, ref, { tx = adapter.db } = {}) {
        const [found = null] = await lookupByRef(tx, resource, tenant, plug, [ref]);
        return found;
      },
      getMany: (connects, { tx = adapter.db } = {}) => lookupByConnect(tx, resource, tenant, connects),
      getManyByRef: (plug, refs, { tx = adapter.db } = {}) => lookupByRef(tx, resource, tenant, plug, refs),
      async upsert(write, options = {}) {
        const done = await upsertMappings(options.tx ?? adapter.db, resource, tenant, [write], { actor, ...options });
        if (done.unchanged === 0) changed();
        const [id] = done.ids;
        if (!id) throw new Error("an upsert answered without its mapping");
        return { id, outcome: done.created ? "created" : done.updated ? "updated" : "unchanged" };
      },
      async upsertMany(writes, options = {}) {
        const done = await upsertMappings(options.tx ?? adapter.db, resource, tenant, writes, { actor, ...options });
        if (done.created + done.updated > 0) changed();
        return done;
      },
      async delete(connect, options = {}) {
        const gone = await deleteByConnect(connect, options.actor ?? actor, options.tx ?? adapter.db);
        if (gone) changed();
        return gone;
      },
    };

    async function deleteByConnect(connect: ConnectValue, by: string, tx: Pick<Adapter["db"], "execute">) {
      const removed = await rows(
        tx,
        sql`
          with refs as materialized (
            select m.id, jsonb_object_agg(r.plug, r.ref) filter (where r.plug is not null) as refs
            from khotan_mappings m left join khotan_mapping_refs r on r.mapping_id = m.id
            where m.resource = ${resource.name} and m.tenant = ${tenant}
              and m.connect_key = ${connectOf(resource, connect).key}
            group by m.id
          ), gone as (
            delete from khotan_mappings m using refs where m.id = refs.id returning m.id, m.metadata, m.connect, refs.refs
          )
          insert into khotan_mapping_changes (id, mapping_id, resource, tenant, actor, action, data)
          select ${newUuid()}::uuid, id, ${resource.name}, ${tenant}, ${by}, 'deleted',
            jsonb_build_object('before', jsonb_build_object('connect', connect, 'refs', coalesce(refs, '{}'), 'metadata', metadata))
          from gone
          returning mapping_id
        `,
        z.unknown(),
      );
      return removed.length > 0;
    }
  }

  return {
    resources,
    resource: require,
    // A declaration only narrows what a connect value may be; the check itself is made on the values.
    open: open as Mappings["open"],
  };
}
