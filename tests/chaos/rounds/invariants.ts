import { createHash } from "node:crypto";
import { decodeId } from "../../../src/contract/index.ts";
import type { Sent, SentEvent } from "./load.ts";
import type { Stage } from "./stage.ts";

/** Handlers that want an event of a type, and what each writes for one delivery. */
const EFFECTS: Readonly<Record<SentEvent["type"], readonly string[]>> = {
  write: ["write"],
  order: ["order"],
  forward: ["forward"],
  durable: ["durable: first", "durable: second"],
  unwanted: [],
  unparsable: [],
};

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

/** @returns what is not as promised; nothing, if all is well. To be asked when nothing is under way any more. */
export async function findViolations(stage: Stage, sent: Sent): Promise<string[]> {
  const { sql, destination } = stage;
  const wrong: string[] = [];
  const expect = (isSo: boolean, what: string) => {
    if (!isSo) wrong.push(what);
  };
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
  const deliveries = await sql`
    select d.id::text, d.run_id::text as run, d.status, d.replay_no, e.type, e.dedupe_key as key, d.last_error
    from khotan_deliveries d join khotan_events e on e.id = d.event_id
    where (d.replay_no = 0 and e.dedupe_key = any(${keys})) or (d.replay_no > 0 and e.dedupe_key = any(${replayed}))`;
  const count = new Map<string, number>();
  for (const row of deliveries) {
    const which = `${row.key} ${row.replay_no > 0}`;
    count.set(which, (count.get(which) ?? 0) + 1);
    expect(
      row.status === "succeeded",
      `a delivery of ${row.type} ended as ${row.status}: ${JSON.stringify(row.last_error)}`,
    );
  }
  const wanted = (event: SentEvent) => (EFFECTS[event.type].length > 0 ? 1 : 0);
  for (const event of sent.events) {
    const made = count.get(`${event.key} false`) ?? 0;
    expect(made === wanted(event), `${made} deliveries of ${event.type}, not ${wanted(event)}: ${event.key}`);
  }
  for (const event of sent.replayed) {
    const made = count.get(`${event.key} true`) ?? 0;
    expect(made === 1, `${made} replays of ${event.type}, not 1: ${event.key}`);
  }

  const runs = deliveries.map((row) => row.run);
  const effects = await sql`
    select run::text, handler, key, n, seq from chaos_effects where run = any(${runs}) order by seq`;
  const written = new Map<string, number>();
  for (const { run, handler } of effects) written.set(`${run} ${handler}`, (written.get(`${run} ${handler}`) ?? 0) + 1);
  for (const { run, type, id } of deliveries) {
    for (const effect of EFFECTS[type as SentEvent["type"]] ?? []) {
      const times = written.get(`${run} ${effect}`) ?? 0;
      expect(times === 1, `the effect "${effect}" of delivery ${id} was written ${times} times`);
    }
    if (type !== "forward") continue;
    const sentKeys = [...(destination.keys.get(run) ?? [])];
    expect(sentKeys.length === 1, `delivery ${id} called with ${sentKeys.length} idempotency keys: ${sentKeys}`);
  }
  const forwards = deliveries.filter((row) => row.type === "forward");
  const distinct = new Set(forwards.flatMap((row) => [...(destination.keys.get(row.run) ?? [])]));
  expect(distinct.size === forwards.length, `${forwards.length} deliveries called with ${distinct.size} keys in all`);

  const first = new Set(deliveries.filter((row) => row.replay_no === 0).map((row) => row.run));
  const orders = new Map<string, number[]>();
  for (const { run, key, n } of effects) {
    if (key === null || !first.has(run)) continue;
    orders.set(key, [...(orders.get(key) ?? []), n]);
  }
  for (const [key, order] of orders)
    expect(
      order.every((n, at) => n === at),
      `the order of ${key} was ${order.join(" ")}`,
    );

  for (const [token, pages] of sent.flows) {
    const done = (await sql`select page from chaos_pages where token = ${token} order by seq`).map((row) => row.page);
    expect(
      done.length === pages && done.every((page, at) => page === at),
      `a flow wrote the pages ${done.join(" ")} of ${pages}`,
    );
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
  return [...wrong, ...(await findLeftovers(stage))];
}

/** What must not be there at all once nothing is under way, whichever round it is of. */
async function findLeftovers({ sql, falls }: Stage): Promise<string[]> {
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
      (select count(*)::int from (select 1 from chaos_ticks group by tick having count(*) > 1) t) as "ticks run twice",
      (select count(*)::int from (select 1 from khotan_runs where delivery_id is not null group by delivery_id having count(*) > 1) t) as "deliveries with two runs"`;
  const left = Object.entries(row ?? {}).flatMap(([what, n]) => (n > 0 ? [`${n} ${what}`] : []));
  return [...left, ...falls.splice(0)];
}

const digest = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");
