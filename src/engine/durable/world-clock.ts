import { type SQL, sql } from "drizzle-orm";

const LOCK_OF_A_RUN = 7_316_204_115;

/**
 * What makes the world's tables go by the database's clock and order, installed by `prepareObservation`.
 *
 * The world orders the history of a run by the ids of its events: ULIDs that each process makes of its own clock. Two
 * processes whose clocks are apart write a history in the wrong order, which no replay can follow
 * (`CORRUPTED_EVENT_LOG`). So an event is given its id by the database, when it is appended: a number from a sequence,
 * taken while its run's lock is held until the commit, so that the order of ids is the order of commits, and what was
 * read once is never preceded by something newer. The number is written as the world writes its own, and sorts behind
 * all of those; nobody reads a time from it.
 *
 * When a step or a sleep was completed is written by the process's clock too, and by that `repairWorld` tells what is
 * half-written for long from what is just being written.
 */
export const WORLD_CLOCK: readonly SQL[] = [
  sql`create sequence if not exists khotan_workflow_event_order`,
  sql`
    create or replace function khotan_workflow_event_ordered() returns trigger language plpgsql set search_path from current as $$
    begin
      perform pg_advisory_xact_lock(hashtextextended(new.run_id, ${sql.raw(String(LOCK_OF_A_RUN))}));
      new.id := 'wevt_1' || lpad(nextval('khotan_workflow_event_order')::text, 25, '0');
      return new;
    end
    $$
  `,
  sql`
    create or replace function khotan_workflow_completed_now() returns trigger language plpgsql as $$
    begin
      new.completed_at := clock_timestamp() at time zone 'utc';
      return new;
    end
    $$
  `,
];

const completedNow = (name: string, table: string): SQL => sql`
  create trigger ${sql.raw(name)} before update of status on ${sql.raw(table)} for each row
  when (new.status is distinct from old.status and new.completed_at is not null)
  execute function khotan_workflow_completed_now()
`;

/** By name. They are attached only when they are missing, since that waits for everybody who writes to the table. */
export const WORLD_CLOCK_TRIGGERS: ReadonlyMap<string, SQL> = new Map([
  [
    "khotan_workflow_event_ordered",
    sql`
      create trigger khotan_workflow_event_ordered before insert on workflow.workflow_events for each row
      execute function khotan_workflow_event_ordered()
    `,
  ],
  ["khotan_workflow_step_completed_now", completedNow("khotan_workflow_step_completed_now", "workflow.workflow_steps")],
  ["khotan_workflow_wait_completed_now", completedNow("khotan_workflow_wait_completed_now", "workflow.workflow_waits")],
]);
