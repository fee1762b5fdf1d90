import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../../database/adapter.ts";
import { queueDeliveries } from "../../queue/queue-deliveries.ts";

const releasedRow = z.object({ id: z.string() });

/** Let deliveries go that wait for their handler's limits. @returns those that still waited. */
export const releaseWaiting = (executor: Pick<Executor, "execute">, ids: readonly string[]): Promise<string[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : releaseChosen(
        executor,
        sql`
          select id from khotan_deliveries
          where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
            and held in ('handler_limit', 'rate') and status in ('pending', 'failed')
          for update skip locked
        `,
      );

/** Those whose handlers have no limits any more, in lots. @param limited the handlers that have. */
export const releaseUnlimited = (executor: Pick<Executor, "execute">, limited: readonly string[]): Promise<string[]> =>
  releaseChosen(
    executor,
    sql`
      select d.id from khotan_deliveries d
      where d.held in ('handler_limit', 'rate') and d.status in ('pending', 'failed')
        and d.handler_id in (
          select h.id from khotan_handlers h
          where h.id not in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(limited)}::text::jsonb))
        )
      limit 500 for update of d skip locked
    `,
  );

/** Those that wait for a breaker, the first ones first. @param id see `breakerId` */
export const releaseBroken = (executor: Pick<Executor, "execute">, id: string, max: number): Promise<string[]> =>
  releaseChosen(
    executor,
    sql`
      select id from khotan_deliveries where held = 'breaker' and held_for = ${id}
      order by priority, id limit ${max} for update skip locked
    `,
  );

const heldForRow = z.object({ held_for: z.string() });

/** The breakers that deliveries wait for. Steps from one to the next over the index, however many wait. */
export async function breakersWaitedFor(executor: Pick<Executor, "execute">): Promise<string[]> {
  const found = await rows(
    executor,
    sql`
      with recursive waited as (
        (select held_for from khotan_deliveries where held = 'breaker' order by held_for limit 1)
        union all
        select next.held_for from waited w cross join lateral (
          select d.held_for from khotan_deliveries d where d.held = 'breaker' and d.held_for > w.held_for
          order by d.held_for limit 1
        ) next
      )
      select held_for from waited
    `,
    heldForRow,
  );
  return found.map((row) => row.held_for);
}

/** One statement: a delivery is let go together with its job. @param chosen selects `id`, and locks what it selects */
export async function releaseChosen(executor: Pick<Executor, "execute">, chosen: SQL): Promise<string[]> {
  // In the queue it is as old as it is: whoever waited must not stand at the end of it again.
  const queue = queueDeliveries(sql`select id, created_at as run_at, priority from released`);
  const released = await rows(
    executor,
    sql`
      with chosen as (${chosen}), released as (
        update khotan_deliveries d set held = null, held_for = null, next_attempt_at = now()
        from chosen where d.id = chosen.id and d.held is not null
        returning d.id, d.run_id, d.priority, d.created_at
      ), shown as (
        update khotan_runs r set next_attempt_at = now() from released where r.id = released.run_id
      ), queued as (${queue.insert}), told as (${queue.tell(sql`queued`)})
      select released.id::text as id from released left join told on true
    `,
    releasedRow,
  );
  return released.map((row) => row.id);
}
