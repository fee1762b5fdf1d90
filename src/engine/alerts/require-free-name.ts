import { and, eq, ne } from "drizzle-orm";
import type { Transaction } from "../database/adapter.ts";
import type { alertChannels, alertRules } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";

/** Say that a name is taken. Of two who ask at once the unique index stops one. @throws KhotanError `conflict` */
export async function requireFreeName(
  tx: Transaction,
  table: typeof alertRules | typeof alertChannels,
  name: string,
  except: string | null,
): Promise<void> {
  const other = except === null ? undefined : ne(table.id, except);
  const [taken] = await tx
    .select({ id: table.id })
    .from(table)
    .where(and(eq(table.name, name), other))
    .limit(1);
  if (taken)
    throw new KhotanError("conflict", `There is one named "${name}" already.`, { hint: "Choose another name." });
}
