import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Api, type AuditRecord, encodeId, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { audit } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";

/** Itself, or everything of a kind: `user.` */
const actionIs = (action: string): SQL =>
  action.endsWith(".") ? sql`starts_with(${audit.action}, ${action})` : eq(audit.action, action);

export type AuditQuery = z.output<Api["listAudit"]["query"]>;

/** Who changed what, newest first. What concerns no tenant is only for who sees all of them. @throws KhotanError `invalid_cursor` */
export async function listAudit(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: AuditQuery,
): Promise<Page<AuditRecord>> {
  const rows = await engine.adapter.db
    .select()
    .from(audit)
    .where(
      and(
        seenBy(principal, audit.tenant),
        query.plug ? eq(audit.plug, query.plug) : undefined,
        query.tenant ? eq(audit.tenant, query.tenant) : undefined,
        query.actor ? eq(audit.actor, query.actor) : undefined,
        query.action ? actionIs(query.action) : undefined,
        query.since ? gte(audit.at, new Date(query.since)) : undefined,
        query.until ? lt(audit.at, new Date(query.until)) : undefined,
        query.cursor ? lt(audit.id, decodeCursor("audit", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(audit.id))
    .limit(query.limit + 1);
  return toPage("audit", rows, query.limit, (row) => ({
    id: encodeId("audit", row.id),
    at: row.at.toISOString(),
    actor: row.actor,
    action: row.action,
    plug: row.plug,
    tenant: row.tenant,
    target: row.target,
    data: row.data,
  }));
}
