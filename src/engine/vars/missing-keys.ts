import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";

/** Ids of keys that stored variables were encrypted with and this process lacks. */
export async function missingKeys(engine: Pick<Engine, "adapter" | "settings" | "secrets">): Promise<string[]> {
  const found = await rows(
    engine.adapter.db,
    sql`
      select key_id from khotan_connections where key_id is not null
      union select key_id from khotan_wires where key_id is not null
    `,
    z.object({ key_id: z.string() }),
  );
  const known = engine.settings.secret ? engine.secrets() : null;
  return found.map((row) => row.key_id).filter((keyId) => !known?.hasKey(keyId));
}

/** Say at start which keys are missing; reading and overwriting those variables is refused until they are there. */
export async function reportMissingKeys(engine: Engine): Promise<void> {
  const missing = await missingKeys(engine);
  if (missing.length === 0) return;
  engine.log.error(
    { missing },
    `Some variables were encrypted with key ${missing.join(", ")}, which this process lacks. Set KHOTAN_SECRET_PREVIOUS. Nothing was overwritten.`,
  );
}
