import { and, desc, eq, lt } from "drizzle-orm";
import { decodeId, encodeId, type MappingChange, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { mappingChanges } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";

/** Who changed a mapping, newest first, also when it is gone. @throws KhotanError `not_found`, `invalid_cursor` */
export async function listMappingHistory(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  { id, cursor, limit }: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<MappingChange>> {
  const uuid = decodeId("mapping", id);
  const found = uuid
    ? await engine.adapter.db
        .select()
        .from(mappingChanges)
        .where(
          and(
            eq(mappingChanges.mappingId, uuid),
            seenBy(principal, mappingChanges.tenant),
            cursor ? lt(mappingChanges.id, decodeCursor("mapping-history", cursor)) : undefined,
          ),
        )
        .orderBy(desc(mappingChanges.id))
        .limit(limit + 1)
    : [];
  if (found.length === 0 && cursor === undefined) throw new KhotanError("not_found", `There is no mapping "${id}".`);
  return toPage("mapping-history", found, limit, (row) => ({
    id: encodeId("mappingChange", row.id),
    mappingId: encodeId("mapping", row.mappingId),
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    data: row.data,
  }));
}
