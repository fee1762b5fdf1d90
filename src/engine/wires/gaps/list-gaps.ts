import { and, desc, eq, lt } from "drizzle-orm";
import type { GapRecord, Principal } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { decodeCursor, type Page, toPage } from "../../database/keyset.ts";
import { wireGaps } from "../../database/schema/index.ts";
import { seenBy } from "../../database/seen-by.ts";
import { requireWire } from "../require-wire.ts";
import { gapRecord } from "./gap-record.ts";

/** Gaps of a wire, newest first. @throws KhotanError `plug_not_found`, `not_found`, `invalid_cursor` */
export async function listGaps(
  engine: Engine,
  principal: Principal,
  query: {
    readonly plug: string;
    readonly tenant: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Page<GapRecord>> {
  const { plug, tenant, cursor, limit } = query;
  requireWire(engine.registry, plug);
  const found = await engine.adapter.db
    .select()
    .from(wireGaps)
    .where(
      and(
        seenBy(principal, wireGaps.tenant),
        eq(wireGaps.plug, plug),
        eq(wireGaps.tenant, tenant),
        cursor ? lt(wireGaps.id, decodeCursor("gaps", cursor)) : undefined,
      ),
    )
    .orderBy(desc(wireGaps.id))
    .limit(limit + 1);
  return toPage("gaps", found, limit, (row) => gapRecord(row, principal));
}
