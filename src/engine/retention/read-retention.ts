import { z } from "zod";
import { RETENTION_KINDS, type Retention } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { readStored } from "../database/stored-setting.ts";
import { readRules } from "./retention-rules.ts";

/** Where the last round is noted. */
export const LAST_ROUND = "retention.last";

const lastRoundSchema = z.object({
  endedAt: z.string(),
  removed: z.partialRecord(z.enum(RETENTION_KINDS), z.number()),
});

/** How long things are kept, and what the last round removed. */
export async function readRetention(engine: Pick<Engine, "adapter" | "settings">): Promise<Retention> {
  const { db } = engine.adapter;
  const [rules, lastRound] = await Promise.all([
    readRules(db, engine.settings.retention),
    readStored(db, LAST_ROUND, lastRoundSchema),
  ]);
  return { rules, lastRound };
}
