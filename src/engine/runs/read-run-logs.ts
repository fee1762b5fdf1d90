import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { LogLine } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { runLogs } from "../database/schema/index.ts";

/** Lines read at once. */
export const LOG_PAGE = 500;

const columns = {
  seq: runLogs.seq,
  at: runLogs.at,
  level: runLogs.level,
  attempt: runLogs.attempt,
  message: runLogs.message,
  // As text: a driver that parses jsonb and Drizzle after it would parse a string twice.
  data: sql<string | null>`${runLogs.data}::text`,
};
type LogRow = Omit<typeof runLogs.$inferSelect, "data" | "runId"> & { data: string | null };

/** The newest lines of a run, oldest first. */
export async function readNewestLogs(engine: Pick<Engine, "adapter">, runId: string): Promise<LogLine[]> {
  const rows = await engine.adapter.db
    .select(columns)
    .from(runLogs)
    .where(eq(runLogs.runId, runId))
    .orderBy(desc(runLogs.seq))
    .limit(LOG_PAGE);
  return rows.reverse().map(logLine);
}

/** The lines that follow, at most 500 of them. */
export async function readLogsAfter(engine: Pick<Engine, "adapter">, runId: string, seq: number): Promise<LogLine[]> {
  const rows = await engine.adapter.db
    .select(columns)
    .from(runLogs)
    .where(and(eq(runLogs.runId, runId), gt(runLogs.seq, seq)))
    .orderBy(asc(runLogs.seq))
    .limit(LOG_PAGE);
  return rows.map(logLine);
}

const logLine = (row: LogRow): LogLine => ({
  seq: row.seq,
  at: row.at.toISOString(),
  level: row.level,
  attempt: row.attempt,
  message: row.message,
  ...(row.data === null ? {} : { data: JSON.parse(row.data) as unknown }),
});
