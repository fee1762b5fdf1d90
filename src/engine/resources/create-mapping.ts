import type { z } from "zod";
import type { MappingRecord, mappingCreateSchema } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { type By, readMapping } from "./change-mapping.ts";
import { upsertMappings } from "./upsert-mappings.ts";

/** Make a mapping by hand, or add to the one with this connect value. @throws KhotanError `conflict`, `not_found`, `validation_failed` */
export async function createMapping(
  engine: Pick<Engine, "adapter" | "mappings">,
  write: z.output<typeof mappingCreateSchema> & { readonly tenant: string },
  { actor, requestId }: By,
): Promise<MappingRecord> {
  const { resource: name, tenant, connect, refs, metadata } = write;
  const resource = engine.mappings.resource(name);
  return await engine.adapter.db.transaction(async (tx) => {
    const { ids, created } = await upsertMappings(tx, resource, tenant, [{ connect, refs, metadata }], {
      actor: actor.name ?? actor.id,
    });
    const [id] = ids;
    if (!id) throw new Error("an upsert answered without its mapping");
    const action = created > 0 ? "mapping.created" : "mapping.updated";
    await writeAudit(tx, { actor, action, tenant, target: id, data: { resource: name }, requestId });
    await announce(tx, "mappings", null);
    return await readMapping({ adapter: { ...engine.adapter, db: tx } }, actor, id);
  });
}
