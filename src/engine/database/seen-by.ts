import { inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Principal } from "../../contract/index.ts";

/**
 * The condition that keeps a query within what a principal may see. Every query
 * of the API carries it; what it leaves out does not exist for the caller (404).
 *
 * @returns `undefined` for a principal that sees every tenant.
 */
export function seenBy(principal: Principal, tenant: PgColumn): SQL | undefined {
  if (principal.tenants === "*") return undefined;
  return principal.tenants.length === 0 ? sql`false` : inArray(tenant, [...principal.tenants]);
}
