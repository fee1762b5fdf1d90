import { readFile, statfs } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

export interface DiskFree {
  /** 0 to 100: of what an ordinary user may fill. */
  readonly percent: number;
  readonly bytes: number;
}

const placeRow = z.object({ folder: z.string().nullable(), started: z.coerce.number() });

/**
 * How much of the disk is free that the database writes to; of two disks, the fuller one. Only a process on the
 * database's own machine can know: the embedded Postgres, or one beside the app whose folder it may read.
 *
 * @returns `null` when the database is elsewhere, or does not tell where it lives.
 */
export async function readDisk(executor: Pick<Executor, "execute">): Promise<DiskFree | null> {
  const [place] = await rows(
    executor,
    // No row without the right to read settings, where `show` would be an error.
    sql`
      select (select setting from pg_settings where name = 'data_directory') as folder,
        extract(epoch from pg_postmaster_start_time()) as started
    `,
    placeRow,
  );
  if (!place?.folder || !(await livesIn(place.folder, place.started))) return null;
  const disks = await Promise.all([freeOf(place.folder), freeOf(join(place.folder, "pg_wal"))]);
  return disks.reduce((fuller, disk) => (disk.percent < fuller.percent ? disk : fuller));
}

/** The same path may be there on another machine: its server writes when it started, in its file's third line. */
async function livesIn(folder: string, startedSec: number): Promise<boolean> {
  try {
    const [, , started] = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
    return Math.abs(Number(started) - startedSec) <= 2;
  } catch {
    return false;
  }
}

async function freeOf(path: string): Promise<DiskFree> {
  const { bavail, bfree, blocks, bsize } = await statfs(path);
  // As `df` counts: what is kept for root is neither used nor free.
  const usable = blocks - bfree + bavail;
  return { percent: usable === 0 ? 100 : (100 * bavail) / usable, bytes: bavail * bsize };
}
