import { type SQL, sql } from "drizzle-orm";
import { placeOf } from "./duration-scale.ts";
import { idsFrom } from "./ids-from.ts";
import type { RollWindow } from "./roll-window.ts";
import { within } from "./write-figures.ts";

/** Calls to a plug's API, by the minute they began in; what a person sends from the debugger, and what a dry run does not send, is left out. */
export const countExchanges = (window: RollWindow): SQL => sql`
  select 'exchange' as subject, plug as key, tenant, date_bin('1 minute', started_at, 'epoch') as minute,
    ${placeOf(sql`duration_ms`)} as place, count(*) as count,
    count(*) filter (where error is not null or status is null or status >= 400) as failures,
    0::bigint as partial, 0::bigint as cancelled, sum(duration_ms) as busy_ms
  from khotan_exchanges
  where ${idsFrom(window)} and ${within(sql`started_at`, window)} and source not in ('debugger', 'dry-run')
  group by 1, 2, 3, 4, 5
`;
