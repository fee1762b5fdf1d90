import { sql } from "drizzle-orm";
import { z } from "zod";
import { KhotanError } from "../errors.ts";
import { type Executor, rows } from "./adapter.ts";

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|)$/;
const NAME = /(^|[^a-z])(test|tests|tmp|temp|scratch|throwaway|preview)([^a-z]|$)/i;

/**
 * A throwaway database is on this machine, and either says so by its name or holds nothing that somebody would miss.
 * This looks at its address alone.
 *
 * @throws KhotanError `conflict`
 */
export function refuseOtherMachines(url: string): void {
  const { hostname } = new URL(url);
  if (!LOOPBACK.test(hostname)) throw refusal(`${hostname} is another machine`);
}

/** And this at its name and what it holds. @throws KhotanError `conflict` */
export async function refuseWhatIsMissed(tx: Pick<Executor, "execute">, url: string): Promise<void> {
  if (NAME.test(decodeURIComponent(new URL(url).pathname.slice(1)))) return;
  for (const table of ["khotan_events", "khotan_connections", "khotan_runs"]) {
    if (await holdsRows(tx, table))
      throw refusal(`${table} holds rows, and its name does not have "test" or "tmp" in it`);
  }
}

const refusal = (why: string): KhotanError =>
  new KhotanError("conflict", `This is no throwaway database: ${why}.`, {
    hint: "Apply what is pending: khotan migrate",
  });

async function holdsRows(tx: Pick<Executor, "execute">, table: string): Promise<boolean> {
  const [there] = await rows(
    tx,
    sql`select to_regclass(${table}) is not null as there`,
    z.object({ there: z.boolean() }),
  );
  if (!there?.there) return false;
  const found = await rows(tx, sql`select 1 as one from ${sql.identifier(table)} limit 1`, z.unknown());
  return found.length > 0;
}
