import { and, between, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL } from "drizzle-orm";
import type { z } from "zod";
import type { ExchangeRecord, exchangeFilter, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { requireIdFilter } from "../database/id-filter.ts";
import { idsWithin } from "../database/id-range.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { exchanges } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { exchangeColumns, exchangeRecord } from "./exchange-record.ts";

export type ExchangeQuery = z.output<typeof exchangeFilter> & { readonly cursor?: string; readonly limit: number };

/** An id is made when a call ends, so `until`, which is about its begin, must look that much further. */
const LONGEST_CALL_MS = 60 * 60_000;

/** Outbound calls, newest first. @throws KhotanError `invalid_cursor`, `validation_failed` for an id of another kind */
export async function listExchanges(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: ExchangeQuery,
): Promise<Page<ExchangeRecord>> {
  const rows = await engine.adapter.db
    .select(exchangeColumns)
    .from(exchanges)
    .where(
      and(
        seenBy(principal, exchanges.tenant),
        ...filtersOf(query),
        query.cursor ? lt(exchanges.id, decodeCursor("exchanges", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(exchanges.id))
    .limit(query.limit + 1);
  return toPage("exchanges", rows, query.limit, exchangeRecord);
}

function filtersOf(query: ExchangeQuery): (SQL | undefined)[] {
  const { run, plug, tenant, status, source, since, until } = query;
  const { low } = idsWithin({ since });
  const { high } = idsWithin({ until: until && new Date(Date.parse(until) + LONGEST_CALL_MS).toISOString() });
  return [
    run ? eq(exchanges.runId, requireIdFilter("run", "run", run)) : undefined,
    plug ? eq(exchanges.plug, plug) : undefined,
    tenant ? eq(exchanges.tenant, tenant) : undefined,
    source?.length ? inArray(exchanges.source, source) : undefined,
    status?.length ? or(...status.map(statusIs)) : undefined,
    low ? gte(exchanges.id, low) : undefined,
    high ? lte(exchanges.id, high) : undefined,
    since ? gte(exchanges.startedAt, new Date(since)) : undefined,
    until ? lte(exchanges.startedAt, new Date(until)) : undefined,
  ];
}

/** `404`, `5xx`, `none` or `failed`, as the contract checked it. */
function statusIs(status: string): SQL | undefined {
  if (status === "none") return isNull(exchanges.status);
  if (status === "failed") {
    return or(isNotNull(exchanges.error), isNull(exchanges.status), gte(exchanges.status, 400));
  }
  if (!status.endsWith("xx")) return eq(exchanges.status, Number(status));
  const first = Number(status.slice(0, 1)) * 100;
  return between(exchanges.status, first, first + 99);
}
