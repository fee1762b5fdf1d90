import { and, desc, eq, lt } from "drizzle-orm";
import type { z } from "zod";
import { type Api, encodeId, type Principal, type RejectionRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { rejections } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";

export type RejectionQuery = z.output<Api["listRejections"]["query"]>;

/** Webhooks that were refused, newest first. @throws KhotanError `invalid_cursor` */
export async function listRejections(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: RejectionQuery,
): Promise<Page<RejectionRecord>> {
  const rows = await engine.adapter.db
    .select()
    .from(rejections)
    .where(
      and(
        seenBy(principal, rejections.tenant),
        query.plug ? eq(rejections.plug, query.plug) : undefined,
        query.tenant ? eq(rejections.tenant, query.tenant) : undefined,
        query.cursor ? lt(rejections.id, decodeCursor("rejections", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(rejections.id))
    .limit(query.limit + 1);
  return toPage("rejections", rows, query.limit, rejectionRecord);
}

const rejectionRecord = (row: typeof rejections.$inferSelect): RejectionRecord => ({
  id: encodeId("rejection", row.id),
  plug: row.plug,
  tenant: row.tenant,
  receivedAt: row.receivedAt.toISOString(),
  reason: row.reason,
  message: row.message,
  scheme: row.scheme,
  size: row.size,
  headers: row.headers,
  bodyExcerpt: row.bodyExcerpt?.byteLength ? new TextDecoder().decode(row.bodyExcerpt) : null,
  count: row.count,
});
