import { sql } from "drizzle-orm";
import type { Principal, Retention, RetentionPatch } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { run } from "../database/adapter.ts";
import { readStored, writeStored } from "../database/stored-setting.ts";
import { readRetention } from "./read-retention.ts";
import { RETENTION_SETTING, retentionDaysSchema } from "./retention-rules.ts";

const LOCK = 7_316_204_115;

/** Change how long things are kept; what is not named stays. Two people who change different kinds at once both win. */
export async function setRetention(
  engine: Engine,
  request: { readonly patch: RetentionPatch; readonly actor: Principal; readonly requestId?: string },
): Promise<Retention> {
  const { patch, actor, requestId } = request;
  await engine.adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    const stored = new Map(Object.entries((await readStored(tx, RETENTION_SETTING, retentionDaysSchema)) ?? {}));
    for (const [kind, days] of Object.entries(patch)) {
      if (days === "default" || days === undefined) stored.delete(kind);
      else stored.set(kind, days);
    }
    await writeStored(tx, RETENTION_SETTING, Object.fromEntries(stored));
    await writeAudit(tx, { actor, action: "retention.set", requestId, data: { ...patch } });
    await announce(tx, "retention", null);
  });
  return await readRetention(engine);
}
