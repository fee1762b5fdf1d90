import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";

export interface RepeatCounter {
  count(plug: string, tenant: string, times?: number): void;
  /** @throws when they cannot be written; they are kept for the next time. */
  flush(): Promise<void>;
}

/**
 * Webhooks that come again leave no row of their own to be counted later, so
 * they are counted along the way and written every few seconds. A process that
 * is killed takes those seconds with it; each event's own `duplicates` is exact.
 */
export function createRepeatCounter(adapter: Adapter): RepeatCounter {
  let counts = new Map<string, { key: string; tenant: string; repeats: number }>();
  const count = (plug: string, tenant: string, times = 1) => {
    const name = `${plug}/${tenant}`;
    const found = counts.get(name);
    if (found) found.repeats += times;
    else counts.set(name, { key: plug, tenant, repeats: times });
  };
  return {
    count,
    async flush() {
      if (counts.size === 0) return;
      const taken = counts;
      counts = new Map();
      await run(
        adapter.db,
        sql`
          insert into khotan_rollups as r (subject, key, tenant, minute, repeats)
          select 'wire', key, tenant, date_bin('1 minute', now(), 'epoch'), repeats
          from jsonb_to_recordset(${JSON.stringify([...taken.values()])}::text::jsonb) as x(key text, tenant text, repeats integer)
          order by 1, 2, 3, 4
          on conflict (subject, key, tenant, minute) do update set repeats = r.repeats + excluded.repeats
        `,
      ).catch((error: unknown) => {
        for (const { key, tenant, repeats } of taken.values()) count(key, tenant, repeats);
        throw error;
      });
    },
  };
}
