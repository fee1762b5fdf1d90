import { setTimeout as delay } from "node:timers/promises";
import type { Trouble } from "./scenarios.ts";

/** What a webhook, a delivery and a run are written to. */
const TABLES = ["khotan_events", "khotan_deliveries", "khotan_runs", "khotan_run_attempts"];

/**
 * Nothing can be written for a while, with the error that Postgres gives when its disk is full. (When not even its log can
 * be written it restarts, which is another trouble.)
 */
export async function fullDisk({ stage: { sql }, random, toll }: Trouble): Promise<void> {
  await sql.unsafe(`
    create or replace function chaos_disk_full() returns trigger language plpgsql as $$
    begin
      raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
    end $$`);
  await delay(random.between(50, 500));
  for (const table of TABLES)
    await sql.unsafe(
      `create trigger chaos_disk_full before insert or update on ${table} for each statement execute function chaos_disk_full()`,
    );
  await delay(random.between(500, 4_000));
  for (const table of TABLES) await sql.unsafe(`drop trigger chaos_disk_full on ${table}`);
  toll.fullDisks++;
}
