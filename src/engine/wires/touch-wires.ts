import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";

export interface WireToucher {
  touch(wireId: string): void;
  flush(): Promise<void>;
}

/** Note when a wire last received something: collected and written once every few seconds, not per event. */
export function createWireToucher(adapter: Adapter): WireToucher {
  const touched = new Set<string>();
  return {
    touch: (wireId) => void touched.add(wireId),
    async flush() {
      if (touched.size === 0) return;
      const ids = JSON.stringify([...touched]);
      touched.clear();
      await run(
        adapter.db,
        sql`update khotan_wires set last_received_at = now() where id in (select value::uuid from jsonb_array_elements_text(${ids}::text::jsonb))`,
      );
    },
  };
}
