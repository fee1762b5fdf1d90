import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows, run } from "../database/adapter.ts";

/** A process whose heart has not beaten for this long is dead. */
export const DEAD_AFTER_MS = 20_000;
/** How often it beats. */
export const HEARTBEAT_MS = 5_000;

/** The machine, and the pid namespace where there are some: a pid means something only within one. */
const HOST = `${hostname()}${pidNamespace()}`;

function pidNamespace(): string {
  try {
    return ` ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

const HERE = Symbol.for("khotan.processIds");

/** Hubs that live in this very process: several in tests and after a hot reload. */
function hubsHere(): Set<string> {
  const holder: typeof globalThis & { [HERE]?: Set<string> } = globalThis;
  holder[HERE] ??= new Set();
  return holder[HERE];
}

export interface ProcessFacts {
  readonly id: string;
  readonly role: string;
  readonly version: string;
  readonly workerIds: readonly string[];
}

/** Say that this process lives. */
export async function beat(adapter: Adapter, facts: ProcessFacts): Promise<void> {
  hubsHere().add(facts.id);
  await run(
    adapter.db,
    sql`
      insert into khotan_processes (id, role, host, pid, version, worker_ids, started_at, heartbeat_at)
      values (${facts.id}::uuid, ${facts.role}, ${HOST}, ${process.pid}, ${facts.version},
        ${JSON.stringify(facts.workerIds)}::text::jsonb, now(), now())
      on conflict (id) do update set heartbeat_at = now(), worker_ids = (
        -- A union: beats may overtake each other, and a worker must never be forgotten while it may hold jobs.
        select coalesce(jsonb_agg(distinct name), '[]') from (
          select jsonb_array_elements(khotan_processes.worker_ids) union select jsonb_array_elements(excluded.worker_ids)
        ) as known(name)
      )
    `,
  );
}

const processRow = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number(),
  stale: z.boolean(),
  worker_ids: z.array(z.string()),
});

/**
 * Find processes that died: those whose heartbeat stopped, and at once those of
 * this very machine whose pid is gone, which is what a restart after `kill -9`
 * finds.
 */
export async function findDeadProcesses(
  adapter: Adapter,
  self: string,
): Promise<{ id: string; workerIds: string[] }[]> {
  const found = await rows(
    adapter.db,
    sql`
      select id::text, host, pid, heartbeat_at < now() - ${DEAD_AFTER_MS} * interval '1 millisecond' as stale, worker_ids
      from khotan_processes where id <> ${self}::uuid
    `,
    processRow,
  );
  return found
    .filter((row) => row.stale || (row.host === HOST && !isAlive(row)))
    .map((row) => ({ id: row.id, workerIds: row.worker_ids }));
}

function isAlive({ id, pid }: { id: string; pid: number }): boolean {
  if (pid === process.pid) return hubsHere().has(id); // else the number was given out again, to us
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Unlock what dead processes held in the queue (its own lock would last four hours) and strike them off. */
export async function buryProcesses(
  adapter: Adapter,
  dead: readonly { id: string; workerIds: readonly string[] }[],
): Promise<void> {
  if (dead.length === 0) return;
  const workerIds = JSON.stringify(dead.flatMap((process) => process.workerIds));
  const ids = JSON.stringify(dead.map((process) => process.id));
  await adapter.db.transaction(async (tx) => {
    await run(
      tx,
      sql`select graphile_worker.force_unlock_workers(array(select jsonb_array_elements_text(${workerIds}::text::jsonb)))`,
    );
    await run(
      tx,
      sql`delete from khotan_processes where id in (select value::uuid from jsonb_array_elements_text(${ids}::text::jsonb))`,
    );
  });
}

/**
 * Unlock jobs held by a worker that no registered process knows: its process
 * died between taking the job and saying its name. A living worker registers
 * within moments; should one be robbed all the same, the delivery's claim keeps
 * the two apart.
 */
export async function unlockOrphans(adapter: Adapter): Promise<void> {
  await run(
    adapter.db,
    sql`
      select graphile_worker.force_unlock_workers(array(
        select distinct j.locked_by from graphile_worker.jobs j
        where j.task_identifier = 'khotan_deliver' and j.locked_at < now() - interval '8 seconds'
          and j.locked_by not in (select jsonb_array_elements_text(worker_ids) from khotan_processes)
      ))
    `,
  );
}

/** Leave in good order. */
export async function leave(adapter: Adapter, id: string): Promise<void> {
  hubsHere().delete(id);
  await run(adapter.db, sql`delete from khotan_processes where id = ${id}::uuid`);
}
