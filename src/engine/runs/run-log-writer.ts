import { sql } from "drizzle-orm";
import type { LogLevel } from "../../contract/index.ts";
import { type Adapter, run } from "../database/adapter.ts";
import { naturalBatch } from "../database/natural-batch.ts";
import { storableJson, storableText } from "../events/storable-json.ts";

export interface RunLogLine {
  readonly runId: string;
  readonly at: Date;
  readonly level: LogLevel;
  readonly attempt: number;
  readonly message: string;
  readonly data?: unknown;
}

const MAX_MESSAGE = 8_000;
const MAX_DATA = 32_000;

/** Writes lines of all runs of this process together; a run waits for its own lines before it ends. */
export type RunLogWriter = (line: RunLogLine) => Promise<void>;

/** @param onWritten told of each run whose lines were just stored. */
export function createRunLogWriter(adapter: Adapter, onWritten: (runId: string) => void): RunLogWriter {
  const write = naturalBatch<RunLogLine, undefined>({
    maxWaiting: 100_000,
    run: async (lines) => {
      const input = `[${lines.map(toRecord).join(",")}]`;
      await run(
        adapter.db,
        sql`
          insert into khotan_run_logs (run_id, at, level, attempt, message, data)
          select run_id, at, level, attempt, message, data
          from jsonb_to_recordset(${input}::text::jsonb)
            as x(run_id uuid, at timestamptz, level text, attempt integer, message text, data jsonb)
        `,
      );
      for (const runId of new Set(lines.map((line) => line.runId))) onWritten(runId);
      return lines.map(() => undefined);
    },
  });
  return async (line) => {
    await write(line);
  };
}

function toRecord(line: RunLogLine): string {
  const record = JSON.stringify({
    run_id: line.runId,
    at: line.at.toISOString(),
    level: line.level,
    attempt: line.attempt,
    message: storableText(line.message, MAX_MESSAGE),
  });
  const data = dataText(line.data);
  return data === null ? record : `${record.slice(0, -1)},"data":${data}}`;
}

/** What a handler logs may be anything; what cannot be kept is described instead. */
function dataText(data: unknown): string | null {
  if (data === undefined) return null;
  try {
    const text = storableJson(data instanceof Error ? { name: data.name, message: data.message } : data);
    if (text === null) return null;
    return text.length <= MAX_DATA ? text : JSON.stringify({ truncated: `${text.length} characters` });
  } catch (error) {
    return JSON.stringify({ unserialisable: error instanceof Error ? error.message : "unknown" });
  }
}
