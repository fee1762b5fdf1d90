import type { Sql } from "postgres";

/** Rows of one statement: large enough to be fast, small enough to be cancelled. */
const CHUNK = 100_000;

/**
 * Write runs as a busy month leaves them: 30 days up to now, ids in order of time; four plugs, four tenants and forty handlers
 * of very different size, one run in a hundred failed, a hundred alive. All of it follows from the row's number.
 *
 * @example await seedRuns(sql, 1_000_000)
 */
export async function seedRuns(sql: Sql, count: number): Promise<void> {
  const stepMs = (30 * 86_400_000) / count;
  const from = Date.now() - 30 * 86_400_000;
  await sql`
    insert into khotan_handlers (id, plug, kind, name, execution, max_attempts)
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
      (array['shop', 'pay', 'chat', 'desk'])[n % 4 + 1], 'catch', 'handler-' || n, 'inline', 10
    from generate_series(1, 40) n on conflict do nothing`;
  for (let first = 0; first < count; first += CHUNK) {
    await sql`
      insert into khotan_runs (id, kind, name, plug, tenant, variant, status, source, handler_id, attempts, idempotency_key,
        created_at, started_at, finished_at, busy_ms, counters, error)
      select
        (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
        (array['catch', 'catch', 'catch', 'pass', 'pass', 'inflow'])[n % 6 + 1],
        'handler-' || h,
        (array['shop', 'pay', 'chat', 'desk'])[h % 4 + 1],
        case when n % 5000 = 0 then 'tiny' when n % 10 = 0 then 'acme' when n % 10 = 1 then 'globex' else 'default' end,
        case when n % 300 = 5 then 'full' when n % 6 = 5 then 'hourly' end,
        case when n > ${count - 100}::int then 'pending' when n % 100 = 7 then 'failed' when n % 400 = 8 then 'partial'
          when n % 2000 = 9 then 'cancelled' else 'succeeded' end,
        (array['webhook', 'webhook', 'webhook', 'webhook', 'scheduled', 'scheduled', 'scheduled', 'manual'])[n % 8 + 1],
        ('00000000-0000-7000-8000-' || lpad(to_hex(h), 12, '0'))::uuid,
        1, 'seed-' || n, at, at, at + interval '40 milliseconds', 40, '{"created": 2}',
        case when n % 100 = 7 then '{"code": "http.timeout", "message": "No answer in 10 s"}'::jsonb end
      from generate_series(${first}::int, ${Math.min(first + CHUNK, count) - 1}::int) n
      cross join lateral (select to_timestamp((${from}::double precision + n * ${stepMs}::double precision) / 1000) as at,
        1 + (n * 7) % (case when n % 3 = 0 then 40 else 5 end) as h) spread`;
  }
  await sql`update khotan_runs set source = 'replay' where status = 'failed' and id > '00000000-0000-0000-0000-000000000000' and idempotency_key like '%07'`;
  await sql`vacuum analyze khotan_runs`;
}
