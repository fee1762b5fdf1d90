import { createHash } from "node:crypto";
import { decodeId } from "../../../src/contract/index.ts";
import type { Sent } from "./load.ts";
import type { Stage } from "./stage.ts";

/** What is still under way, and how long the oldest lease has been over, in milliseconds. */
export async function readOpen(stage: Stage): Promise<{ left: Record<string, number>; overdueMs: number }> {
  const [row] = await stage.sql`
    select
      (select count(*)::int from khotan_deliveries where finished_at is null) as deliveries,
      (select count(*)::int from khotan_runs where finished_at is null) as runs,
      (select count(*)::int from khotan_jobs where finished_at is null) as jobs,
      (select count(*)::int from workflow.workflow_runs where status in ('pending', 'running')) as workflows,
      (select count(*)::int from graphile_worker._private_jobs) as queue,
      (select coalesce(max(extract(epoch from now() - l.lease_until) * 1000), 0)::float from (
        select lease_until from khotan_deliveries where status = 'running'
        union all select lease_until from khotan_runs where status = 'running'
      ) l) as overdue`;
  const { overdue, ...left } = row ?? {};
  return { left, overdueMs: Number(overdue) };
}

/** What is left of what is under way, as words for a report. */
export const readStuck = (stage: Stage) =>
  stage.sql`
    select 'delivery' as what, d.id::text, h.name, d.status, d.held, d.attempts, d.crashes, d.next_attempt_at, d.lease_until,
      d.last_error->>'code' as error, r.status as run, r.workflow_run_id, j.id::text as job, j.locked_by, j.attempts as tries,
      j.run_at, j.last_error as job_error
    from khotan_deliveries d left join khotan_handlers h on h.id = d.handler_id left join khotan_runs r on r.id = d.run_id
    left join graphile_worker._private_jobs j on j.key = d.id::text where d.finished_at is null
    union all
    select 'run', r.id::text, r.name, r.status, null, r.attempts, r.crashes, r.next_attempt_at, r.lease_until,
      r.error->>'code', null, r.workflow_run_id, null, null, null, null, null
    from khotan_runs r where r.finished_at is null and r.delivery_id is null
    union all
    select 'queue', j.id::text, t.identifier, j.key, null, j.attempts, null, null, null, j.payload::text, null, null, null, j.locked_by,
      j.max_attempts, j.run_at, j.last_error
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    limit 20`;

/** A delivery of what a round sent. */
interface MadeDelivery {
  readonly id: string;
  readonly run: string;
  readonly handler: string;
  readonly type: string;
  readonly key: string;
  readonly replayNo: number;
}

/** Collects what is not so. */
type Expect = (isSo: boolean, what: string) => void;

/** Whatever is accepted is stored, byte for byte, and each of its deliveries was made once and has succeeded. */
export async function expectAccepted({ sql }: Stage, sent: Sent, expect: Expect): Promise<MadeDelivery[]> {
  const keys = sent.events.map((event) => event.key);
  const stored = await sql`
    select id::text, dedupe_key as key, type, body from khotan_events where dedupe_key = any(${keys})`;
  const byKey = new Map(stored.map((row) => [row.key, row]));
  for (const event of sent.events) {
    const row = byKey.get(event.key);
    expect(event.id !== undefined, `never accepted: ${event.type} ${event.key}`);
    expect(row !== undefined, `accepted, and not stored: ${event.type} ${event.key}`);
    if (!row) continue;
    expect(row.id === decodeId("event", event.id ?? ""), `answered with another id than the stored one: ${event.key}`);
    expect(digest(row.body) === digest(event.body), `stored with another body: ${event.key}`);
    expect(row.type === event.type, `stored as ${row.type}, not ${event.type}: ${event.key}`);
  }
  expect(stored.length === keys.length, `${stored.length} events stored of ${keys.length} sent`);

  const replayed = sent.replayed.map((event) => event.key);
  const deliveries = await sql<(MadeDelivery & { status: string; error: unknown })[]>`
    select d.id::text, d.run_id::text as run, d.status, d.replay_no as "replayNo", e.type, e.dedupe_key as key,
      d.last_error as error, h.name as handler
    from khotan_deliveries d join khotan_events e on e.id = d.event_id join khotan_handlers h on h.id = d.handler_id
    where (d.replay_no = 0 and e.dedupe_key = any(${keys})) or (d.replay_no > 0 and e.dedupe_key = any(${replayed}))`;
  const count = new Map<string, number>();
  for (const row of deliveries) {
    const which = `${row.key} ${row.replayNo > 0}`;
    count.set(which, (count.get(which) ?? 0) + 1);
    expect(
      row.status === "succeeded",
      `a delivery of ${row.type} ended as ${row.status}: ${JSON.stringify(row.error)}`,
    );
  }
  for (const event of sent.events) {
    const made = count.get(`${event.key} false`) ?? 0;
    expect(made === event.wanted, `${made} deliveries of ${event.type}, not ${event.wanted}: ${event.key}`);
  }
  for (const event of sent.replayed) {
    const made = count.get(`${event.key} true`) ?? 0;
    expect(made === event.wanted, `${made} replays of ${event.type}, not ${event.wanted}: ${event.key}`);
  }
  if (sent.jobId) {
    const [job] = await sql`
      select status, total, done, changed, failed, reasons from khotan_jobs where id = ${decodeId("job", sent.jobId) ?? ""}`;
    const { length } = sent.replayed;
    expect(
      job?.status === "succeeded" && job.total === length && job.done === length && job.changed === length,
      `the replay of ${length} events ended as ${JSON.stringify(job)}`,
    );
  }
  return [...deliveries];
}

/** @returns what must not be there at all once nothing is under way, whichever round it is of. */
export async function findLeftovers({ sql, falls }: Stage): Promise<string[]> {
  const [row] = await sql`
    select
      (select count(*)::int from khotan_deliveries where lease_token is not null or lease_until is not null) as "deliveries with a lease",
      (select count(*)::int from khotan_runs where lease_token is not null or lease_until is not null) as "runs with a lease",
      (select count(*)::int from khotan_run_attempts where status = 'running') as "attempts that run",
      (select count(*)::int from khotan_runs where finished_at is not null and status in ('pending', 'running')) as "ended runs that are not final",
      (select count(*)::int from khotan_runs r join khotan_deliveries d on d.run_id = r.id
        where (d.status = 'succeeded') <> (r.status = 'succeeded')) as "runs that disagree with their delivery",
      (select count(*)::int from khotan_runs where status = 'failed') as "runs that failed",
      (select count(*)::int from khotan_run_attempts where error ->> 'code' = 'workflow_corrupted_event_log') as "workflows whose history broke",
      (select count(*)::int from khotan_deliveries d where run_id is null) as "deliveries without a run",
      (select count(*)::int from khotan_deliveries d where not exists (select from khotan_events e where e.id = d.event_id)) as "deliveries without an event",
      (select count(*)::int from (select 1 from khotan_runs where delivery_id is not null group by delivery_id having count(*) > 1) t) as "deliveries with two runs"`;
  const left = Object.entries(row ?? {}).flatMap(([what, n]) => (n > 0 ? [`${n} ${what}`] : []));
  return [...left, ...falls.splice(0)];
}

const digest = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
