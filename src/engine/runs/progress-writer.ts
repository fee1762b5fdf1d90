import { sql } from "drizzle-orm";
import type { Progress } from "../../contract/index.ts";
import { type Adapter, run } from "../database/adapter.ts";
import { naturalBatch } from "../database/natural-batch.ts";

interface ProgressUpdate {
  readonly runId: string;
  readonly progress: Progress;
}

/** Keeps the newest progress of each run; what a handler reports faster than it can be written is skipped. */
export function createProgressWriter(
  adapter: Adapter,
  onWritten: (runId: string) => void,
): (runId: string, progress: Progress) => Promise<void> {
  const newest = new Map<string, Progress>();
  const write = naturalBatch<ProgressUpdate, undefined>({
    run: async (updates) => {
      const input = updates.map((update) => ({ id: update.runId, progress: update.progress }));
      await run(
        adapter.db,
        sql`
          update khotan_runs r set progress = i.progress
          from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(id uuid, progress jsonb)
          where r.id = i.id and r.status = 'running'
        `,
      );
      for (const update of updates) onWritten(update.runId);
      return updates.map(() => undefined);
    },
  });
  return async (runId, progress) => {
    const underWay = newest.has(runId);
    newest.set(runId, progress);
    if (underWay) return;
    try {
      // `newest` may change while a write is under way; go on until it has caught up.
      for (let current = newest.get(runId); current; current = newest.get(runId)) {
        await write({ runId, progress: current });
        if (newest.get(runId) === current) newest.delete(runId);
      }
    } catch {
      newest.delete(runId);
    }
  };
}
