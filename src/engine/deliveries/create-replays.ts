import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import { rows, run, type Transaction } from "../database/adapter.ts";

export interface ReplayRequest {
  readonly eventId: string;
  readonly handlerId: string;
  readonly maxAttempts: number;
  readonly held: string | null;
  /** The delivery this one repeats, if it is about one. */
  readonly replayOf: string | null;
}

const madeRow = z.object({ id: z.string() });

/**
 * Deliver events again: new deliveries beside the old ones, and their jobs. The
 * number of the replay is part of the identity; the events are locked, so that
 * two people who ask at once take turns and get a delivery each.
 */
export async function createReplays(
  executor: Transaction,
  requests: readonly ReplayRequest[],
  actor: string,
): Promise<string[]> {
  const input = requests.map((request) => ({
    id: newUuid(),
    event_id: request.eventId,
    handler_id: request.handlerId,
    max_attempts: request.maxAttempts,
    held: request.held,
    replay_of: request.replayOf,
  }));
  // In a statement of its own: the next one must see the deliveries of whoever held this lock before.
  const events = JSON.stringify([...new Set(requests.map((request) => request.eventId))].sort());
  await run(
    executor,
    sql`
      select id from khotan_events
      where id in (select value::uuid from jsonb_array_elements_text(${events}::text::jsonb)) order by id for update
    `,
  );
  const made = await rows(
    executor,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb)
          as x(id uuid, event_id uuid, handler_id uuid, max_attempts integer, held text, replay_of uuid)
      ), made as (
        insert into khotan_deliveries (
          id, event_id, handler_id, plug, tenant, max_attempts, replay_no, replay_of, held, next_attempt_at, source, actor,
          order_key, priority, traceparent, causation_id
        )
        select i.id, e.id, i.handler_id, e.plug, e.tenant, i.max_attempts,
          1 + coalesce((
            select max(d.replay_no) from khotan_deliveries d where d.event_id = i.event_id and d.handler_id = i.handler_id
          ), 0),
          i.replay_of, i.held, case when i.held is null then now() end, 'replay', ${actor}, e.order_key, e.priority,
          e.traceparent, e.id
        from input i join khotan_events e on e.id = i.event_id
        returning id, held, priority
      ), queued as (
        select count(*) from graphile_worker.add_jobs(array(
          select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, priority, null)::graphile_worker.job_spec
          from made where held is null
        ))
      )
      select made.id::text as id from made, queued
    `,
    madeRow,
  );
  return made.map((row) => row.id);
}
