import { sql } from "drizzle-orm";
import { z } from "zod";
import { CHANNEL } from "../changes/change-message.ts";
import { type Adapter, type Executor, rows, run } from "../database/adapter.ts";
import { WORLD_CLOCK, WORLD_CLOCK_TRIGGERS } from "./world-clock.ts";

const LOCK = 7_316_204_114;

const thereRow = z.object({ there: z.boolean() });
const nameRow = z.object({ name: z.string() });

/**
 * Make the world's tables tell us what happens in them: the end of a Workflow
 * run by NOTIFY, its steps as lines of the run's log. Concerns only Workflow
 * runs that one of our runs points at. And make them go by the database's clock
 * where the world goes by its processes' clocks; see `world-clock.ts`.
 *
 * @returns `false` when there is no Postgres world in this database.
 */
export async function prepareObservation(adapter: Adapter): Promise<boolean> {
  const [world] = await rows(
    adapter.db,
    sql`select to_regclass('workflow.workflow_runs') is not null as there`,
    thereRow,
  );
  if (!world?.there) return false;
  await adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    await run(tx, runEnded);
    await run(tx, stepChanged);
    for (const statement of WORLD_CLOCK) await run(tx, statement);
    const found = await rows(
      tx,
      sql`
        select tgname as name from pg_trigger
        where tgrelid in (
          'workflow.workflow_runs'::regclass, 'workflow.workflow_steps'::regclass,
          'workflow.workflow_waits'::regclass, 'workflow.workflow_events'::regclass
        )
      `,
      nameRow,
    );
    const there = new Set(found.map((row) => row.name));
    // Only when missing: it waits for everybody who writes to the table.
    await attach(tx, there, "khotan_workflow_run_ended", onRuns);
    await attach(tx, there, "khotan_workflow_step_changed", onSteps);
    for (const [name, trigger] of WORLD_CLOCK_TRIGGERS) await attach(tx, there, name, trigger);
  });
  return true;
}

async function attach(tx: Pick<Executor, "execute">, there: Set<string>, name: string, trigger: typeof onRuns) {
  if (!there.has(name)) await run(tx, trigger);
}

const runEnded = sql`
  create or replace function khotan_workflow_run_ended() returns trigger language plpgsql set search_path from current as $$
  declare
    of_run uuid;
  begin
    select id into of_run from khotan_runs where workflow_run_id = new.id;
    if found then
      perform pg_notify('${sql.raw(CHANNEL)}', json_build_object('t', 'workflow', 'id', of_run)::text);
    end if;
    return null;
  end
  $$
`;

const onRuns = sql`
  create trigger khotan_workflow_run_ended after update of status on workflow.workflow_runs for each row
  when (new.status::text in ('completed', 'failed', 'cancelled') and new.status is distinct from old.status)
  execute function khotan_workflow_run_ended()
`;

const stepChanged = sql`
  create or replace function khotan_workflow_step_changed() returns trigger language plpgsql set search_path from current as $$
  declare
    of_run uuid;
    step text := regexp_replace(new.step_name, '^.*//', '');
    line text;
    line_level text := 'info';
  begin
    select id into of_run from khotan_runs where workflow_run_id = new.run_id;
    if not found then
      return null;
    end if;
    case new.status::text
      when 'running' then
        line := format('Step %s started', step) || case when new.attempt > 1 then format(', try %s', new.attempt) else '' end;
      when 'completed' then
        line := format('Step %s finished', step);
      when 'failed' then
        line := format('Step %s failed', step);
        line_level := 'error';
      else
        line := format('Step %s failed and will be tried again', step);
        line_level := 'warn';
    end case;
    insert into khotan_run_logs (run_id, at, level, attempt, message, data)
    values (
      of_run, clock_timestamp(), line_level,
      coalesce((select max(no) from khotan_run_attempts where run_id = of_run), 1),
      line, jsonb_build_object('step', new.step_id, 'try', new.attempt)
    );
    perform pg_notify('${sql.raw(CHANNEL)}', json_build_object('t', 'log', 'id', of_run)::text);
    return null;
  end
  $$
`;

const onSteps = sql`
  create trigger khotan_workflow_step_changed after update of status, attempt on workflow.workflow_steps for each row
  when (new.status is distinct from old.status or new.attempt is distinct from old.attempt)
  execute function khotan_workflow_step_changed()
`;
