import { desc, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Api, Principal, RunRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { runs } from "../database/schema/index.ts";
import { newestRuns } from "./newest-runs.ts";
import { runColumns, runRecord } from "./run-record.ts";

export type RunQuery = z.output<Api["listRuns"]["query"]>;

/** Runs, newest first. @throws KhotanError `invalid_cursor` */
export async function listRuns(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: RunQuery,
): Promise<Page<RunRecord>> {
  const below = query.cursor ? decodeCursor("runs", query.cursor) : undefined;
  const newest = await newestRuns(engine, principal, query, { limit: query.limit + 1, below });
  const rows = await engine.adapter.db
    .select(runColumns)
    .from(runs)
    .where(sql`${runs.id} in (select id from (${newest}) newest)`)
    .orderBy(desc(runs.id));
  return toPage("runs", rows, query.limit, (row) => runRecord(row, principal));
}
