import type postgres from "postgres";

const CHUNK = 100_000;

/** A UUID v7 of the n-th millisecond after 2025 began, so that stored rows are older than whatever comes. */
const ID =
  "(lpad(to_hex(1735689600000 + n), 12, '0') || '7' || substr(md5('%' || n), 1, 3) || '8' || substr(md5('%%' || n), 1, 15))::uuid";
const id = (of: string) => ID.replaceAll("%%", `${of}+`).replaceAll("%", of);

/**
 * Store so many events that were delivered long ago, each with its delivery, run and attempt, as the hub leaves them
 * behind. Set by set in the database; 1,000,000 take some minutes and about 3 GB.
 */
export async function seedHistory(
  sql: postgres.Sql,
  events: number,
  told: (done: number) => void = () => undefined,
): Promise<void> {
  const [handler] = await sql`select id, plug, kind, name from khotan_handlers limit 1`;
  if (!handler) throw new Error("no handler is registered");
  for (let from = 0; from < events; from += CHUNK) {
    const numbers = [from, Math.min(events, from + CHUNK) - 1];
    await sql.begin(async (tx) => {
      await tx.unsafe("set local synchronous_commit = off");
      await tx.unsafe(
        `insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, headers, size, body, payload, verification)
         select ${id("e")}, $3, 'default', (array['push','issues.opened','release.published'])[1 + n % 3], 'seed-' || n,
           to_timestamp(1735689600 + n / 1000.0), '{"content-type":"application/json"}', 96,
           convert_to('{"ref":"refs/heads/' || md5(n::text) || '","number":' || n || '}', 'UTF8'),
           jsonb_build_object('ref', 'refs/heads/' || md5(n::text), 'number', n), '{"ok":true,"scheme":"github"}'
         from generate_series($1::bigint, $2::bigint) n`,
        [...numbers, handler.plug],
      );
      await tx.unsafe(
        `insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, attempts, max_attempts, run_id, created_at, started_at, finished_at)
         select ${id("d")}, ${id("e")}, $3::uuid, $4, 'default', 'succeeded', 1, 10, ${id("r")}, t, t, t
         from generate_series($1::bigint, $2::bigint) n, lateral (select to_timestamp(1735689600 + n / 1000.0) as t) x`,
        [...numbers, handler.id, handler.plug],
      );
      await tx.unsafe(
        `insert into khotan_runs (id, kind, name, plug, tenant, status, source, handler_id, delivery_id, event_id, attempts, max_attempts,
           created_at, started_at, finished_at, busy_ms, idempotency_key)
         select ${id("r")}, $3, $4, $5, 'default', 'succeeded', 'webhook', $6::uuid, ${id("d")}, ${id("e")}, 1, 10, t, t, t, 1, ${id("d")}::text
         from generate_series($1::bigint, $2::bigint) n, lateral (select to_timestamp(1735689600 + n / 1000.0) as t) x`,
        [...numbers, handler.kind, handler.name, handler.plug, handler.id],
      );
      await tx.unsafe(
        `insert into khotan_run_attempts (run_id, no, status, started_at, finished_at)
         select ${id("r")}, 1, 'succeeded', t, t
         from generate_series($1::bigint, $2::bigint) n, lateral (select to_timestamp(1735689600 + n / 1000.0) as t) x`,
        numbers,
      );
    });
    told(Math.min(events, from + CHUNK));
  }
  for (const table of ["events", "deliveries", "runs", "run_attempts"])
    await sql.unsafe(`vacuum analyze khotan_${table}`);
}
