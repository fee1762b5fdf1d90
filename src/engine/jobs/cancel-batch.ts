import { sql } from "drizzle-orm";
import { z } from "zod";
import { CHANNEL } from "../changes/change-message.ts";
import { rows } from "../database/adapter.ts";
import type { Batch } from "./batch.ts";

const idRow = z.object({ id: z.string() });

/**
 * Cancel runs: those that wait end here, those that run are told by NOTIFY.
 *
 * Deliveries are locked before their runs, the order in which workers end them;
 * one that a worker is about to claim is skipped, and is told like one that runs.
 */
export const cancelBatch: Batch = async (_engine, tx, job, ids) => {
  const wanted = sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb)`;
  const ended = await rows(
    tx,
    sql`
      with waiting as (
        select d.id, r.id as run_id from khotan_runs r join khotan_deliveries d on d.run_id = r.id
        where r.id in (${wanted}) and r.status = 'pending' and d.status in ('pending', 'failed')
        order by d.id for update of d skip locked
      ), ended as (
        update khotan_deliveries d set status = 'cancelled', finished_at = now(), next_attempt_at = null, held = null
        from waiting w where d.id = w.id
        returning d.id, w.run_id
      ), closed as (
        update khotan_runs r set
          status = 'cancelled', finished_at = now(), next_attempt_at = null, cancel_requested_at = now(), cancel_actor = ${job.actor}
        from ended e where r.id = e.run_id
      ), removed as (
        select count(graphile_worker.remove_job(id::text)) from ended
      )
      select ended.id::text as id from ended, removed
    `,
    idRow,
  );
  // Nothing but their own row says that flows wait.
  const closed = await rows(
    tx,
    sql`
      update khotan_runs set
        status = 'cancelled', finished_at = now(), next_attempt_at = null, cancel_requested_at = now(), cancel_actor = ${job.actor}
      where id in (${wanted}) and status = 'pending' and delivery_id is null
      returning id::text as id
    `,
    idRow,
  );
  const told = await rows(
    tx,
    sql`
      with asked as (
        update khotan_runs set cancel_requested_at = now(), cancel_actor = ${job.actor}
        where id in (${wanted}) and status in ('pending', 'running') and cancel_requested_at is null
        returning id
      )
      select id::text as id, pg_notify(${CHANNEL}, json_build_object('t', 'cancel', 'id', id)::text) from asked
    `,
    idRow,
  );
  return { changed: ended.length + closed.length + told.length, reasons: {}, touched: ended.map((row) => row.id) };
};
