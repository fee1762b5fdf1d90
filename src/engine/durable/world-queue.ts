import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows } from "../database/adapter.ts";

/** The tasks under which the Postgres world queues its work. */
const tasks = (): string => {
  const prefix = process.env.WORKFLOW_POSTGRES_JOB_PREFIX || "workflow_";
  return JSON.stringify([`${prefix}flows`, `${prefix}steps`]);
};

/** A job of a worker that no living process knows is taken from it after this long. */
const UNKNOWN_WORKER_MS = 60_000;
/** A job that failed three times is tried again after this long. */
const REVIVE_MS = 5_000;

const revivedRow = z.object({ run_id: z.string().nullable(), crashes: z.number().nullable() });

/** A run whose jobs in the world's queue had given up, and how often that happened in a row. */
export interface Revived {
  readonly runId: string;
  readonly crashes: number;
}

/**
 * The world's queue gives up a job after three failures, and one whose process
 * died stays locked for four hours. Both would leave a run that never ends.
 *
 * 1. Jobs locked by workers that no living process has are unlocked. (What a
 *    process known to be dead had locked is unlocked by `buryProcesses`.)
 * 2. Jobs that gave up are tried again if their Workflow run goes on, and
 *    removed if it has ended or they were replaced: then they have no key.
 */
export async function reviveWorldQueue(adapter: Adapter): Promise<Revived[]> {
  const revived = await rows(
    adapter.db,
    sql`
      with task as (
        select id from graphile_worker._private_tasks
        where identifier in (select jsonb_array_elements_text(${tasks()}::text::jsonb))
      ), abandoned as (
        select distinct j.locked_by from graphile_worker._private_jobs j
        where j.task_id in (select id from task)
          and j.locked_at < now() - ${UNKNOWN_WORKER_MS} * interval '1 millisecond'
          and not exists (select from khotan_processes p where jsonb_exists(p.worker_ids, j.locked_by))
      ), unlocked as (
        select graphile_worker.force_unlock_workers(array(select locked_by from abandoned))
      ), given_up as (
        select j.id, j.key is null as replaced,
          convert_from(decode(j.payload ->> 'data', 'base64'), 'UTF8')::jsonb as message
        from graphile_worker._private_jobs j
        where j.task_id in (select id from task) and j.attempts >= j.max_attempts and j.locked_at is null
        order by j.id limit 500 for update of j skip locked
      ), judged as (
        select g.id, w.id as workflow_run_id, not g.replaced and w.status in ('pending', 'running') as goes_on
        from given_up g
        left join workflow.workflow_runs w on w.id = coalesce(g.message ->> 'runId', g.message ->> 'workflowRunId')
      ), removed as (
        select count(*) from graphile_worker.complete_jobs(array(select id from judged where goes_on is not true))
      ), again as (
        select count(*) from graphile_worker.reschedule_jobs(
          array(select id from judged where goes_on),
          run_at := now() + ${REVIVE_MS} * interval '1 millisecond', attempts := 0
        )
      ), counted as (
        update khotan_deliveries d set crashes = d.crashes + 1
        from khotan_runs r
        where r.workflow_run_id in (select workflow_run_id from judged where goes_on)
          and d.id = r.delivery_id and d.run_id = r.id and d.status = 'running'
        returning d.run_id, d.crashes
      )
      select counted.run_id::text, counted.crashes
      from (select count(*) from unlocked) u cross join removed cross join again left join counted on true
    `,
    revivedRow,
  );
  return revived.flatMap(({ run_id, crashes }) =>
    run_id === null || crashes === null ? [] : [{ runId: run_id, crashes }],
  );
}

const forgottenRow = z.object({ workflow_run_id: z.string() });

/** How long an attempt may be without a job before it is thought forgotten. */
const FORGOTTEN_MS = 30_000;

/**
 * Workflow runs that go on but have no job and wait for nobody outside: somebody
 * emptied the queue, or the process died between creating and queueing them.
 */
export async function findForgottenWorkflows(adapter: Adapter): Promise<string[]> {
  const found = await rows(
    adapter.db,
    sql`
      with waiting as (
        select r.workflow_run_id
        from khotan_runs r
        join workflow.workflow_runs w on w.id = r.workflow_run_id and w.status in ('pending', 'running')
        join khotan_run_attempts a on a.run_id = r.id and a.status = 'running'
          and a.started_at < now() - ${FORGOTTEN_MS} * interval '1 millisecond'
        where r.status = 'running' and not exists (select from workflow.workflow_hooks h where h.run_id = w.id)
        limit 1000
      ), queued as materialized (
        select coalesce(m.message ->> 'runId', m.message ->> 'workflowRunId') as workflow_run_id
        from (
          select convert_from(decode(j.payload ->> 'data', 'base64'), 'UTF8')::jsonb as message
          from graphile_worker._private_jobs j
          join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier in (select jsonb_array_elements_text(${tasks()}::text::jsonb))
            and exists (select from waiting)
        ) m
      )
      select workflow_run_id from waiting
      except select workflow_run_id from queued
      limit 100
    `,
    forgottenRow,
  );
  return found.map((row) => row.workflow_run_id);
}
