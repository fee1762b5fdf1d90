import { readdir, readFile } from "node:fs/promises";
import type postgres from "postgres";

const FOLDER = new URL("../../drizzle/app/", import.meta.url);

/** Make this app's own tables, by the very migrations that it is shipped with. */
export async function createAppTables(sql: postgres.Sql): Promise<void> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  for (const file of files) await sql.unsafe(await readFile(new URL(file, FOLDER), "utf8"));
}
