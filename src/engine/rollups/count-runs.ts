import { type SQL, sql } from "drizzle-orm";
import { FINAL_RUN_STATUSES } from "../../contract/index.ts";
import { placeOf } from "./duration-scale.ts";
import type { RollWindow } from "./roll-window.ts";
import { within } from "./write-figures.ts";

const FINAL = sql.raw(FINAL_RUN_STATUSES.map((status) => `'${status}'`).join(", "));

/** Finished runs, by the minute they ended in, once for their handler, their flow and their plug. Durations are the time they worked. */
export const countRuns = (window: RollWindow): SQL => sql`
  select s.subject, s.key, r.tenant, date_bin('1 minute', r.finished_at, 'epoch') as minute, ${placeOf(sql`r.busy_ms`)} as place,
    count(*) as count, count(*) filter (where r.status = 'failed') as failures,
    count(*) filter (where r.status = 'partial') as partial, count(*) filter (where r.status = 'cancelled') as cancelled,
    sum(r.busy_ms) as busy_ms
  from khotan_runs r
  cross join lateral (values ('handler', r.handler_id::text), ('flow', r.flow_id::text), ('plug', r.plug)) as s(subject, key)
  where ${within(sql`r.finished_at`, window)} and r.status in (${FINAL}) and not r.dry_run and s.key is not null
  group by 1, 2, 3, 4, 5
`;
