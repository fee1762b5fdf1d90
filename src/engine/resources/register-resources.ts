import { and, isNull, notInArray, sql } from "drizzle-orm";
import { newUuid } from "../../contract/index.ts";
import type { Adapter } from "../database/adapter.ts";
import { resources } from "../database/schema/index.ts";
import type { Resource } from "./resource.ts";

/**
 * Write down the declared resources. Those no longer declared are retired; their
 * mappings stay. Rows are written in the order of their names, so that processes
 * that start at once wait for each other and never crosswise.
 */
export async function registerResources(adapter: Adapter, declared: Iterable<Resource>): Promise<void> {
  const list = [...declared].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = list.map(({ name }) => name);
  await adapter.db.transaction(async (tx) => {
    if (list.length > 0) {
      await tx
        .insert(resources)
        .values(
          list.map(({ name, label, connectFields }) => ({
            id: newUuid(),
            name,
            label,
            connectFields: [...connectFields],
          })),
        )
        .onConflictDoUpdate({
          target: resources.name,
          set: {
            label: sql`excluded.label`,
            connectFields: sql`excluded.connect_fields`,
            retiredAt: null,
            updatedAt: sql`now()`,
          },
        });
    }
    await tx
      .update(resources)
      .set({ retiredAt: sql`now()` })
      .where(and(isNull(resources.retiredAt), names.length > 0 ? notInArray(resources.name, names) : undefined));
  });
}
