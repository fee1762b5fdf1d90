import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows, run } from "./adapter.ts";

const settingRow = z.object({
  value: z.string().transform((text): unknown => JSON.parse(text)),
});

/**
 * Read what is stored under a key of `khotan_settings`.
 *
 * @returns `null` when nothing is stored, or something that an older or newer version wrote and this one cannot read.
 */
export async function readStored<T>(
  executor: Pick<Executor, "execute">,
  key: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const [row] = await rows(
    executor,
    sql`select value::text as value from khotan_settings where key = ${key}`,
    settingRow,
  );
  const checked = schema.safeParse(row?.value);
  return checked.success ? checked.data : null;
}

/** Store a value under a key; whoever writes last wins. */
export async function writeStored(executor: Pick<Executor, "execute">, key: string, value: unknown): Promise<void> {
  await run(
    executor,
    sql`
      insert into khotan_settings (key, value, updated_at) values (${key}, ${JSON.stringify(value)}::text::jsonb, now())
      on conflict (key) do update set value = excluded.value, updated_at = now()
    `,
  );
}
