import { type SQL, sql } from "drizzle-orm";
import { idsFrom } from "./ids-from.ts";
import type { RollWindow } from "./roll-window.ts";
import { within } from "./write-figures.ts";

/** Webhooks that came in, by the minute they were received in; refused ones count as failures. */
export const countWires = (window: RollWindow): SQL => sql`
  select 'wire' as subject, plug as key, tenant, date_bin('1 minute', received_at, 'epoch') as minute, null::int as place,
    count(*) as count, 0::bigint as failures, 0::bigint as partial, 0::bigint as cancelled, 0::bigint as busy_ms
  from khotan_events
  where ${idsFrom(window)} and ${within(sql`received_at`, window)} and origin in ('webhook', 'repair')
  group by 1, 2, 3, 4
  union all
  select 'wire', plug, tenant, minute, null, 0, sum(count), 0, 0, 0
  from khotan_rejections where ${within(sql`minute`, window)}
  group by 1, 2, 3, 4
`;
