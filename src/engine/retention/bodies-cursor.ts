import { z } from "zod";
import type { Executor } from "../database/adapter.ts";
import { readStored, writeStored } from "../database/stored-setting.ts";
import type { PruneCursor } from "./prune-chunk.ts";

const KEY = "retention.bodies";
/** Bodies that had to stay are looked at again after this long. */
const FULL_MS = 7 * 86_400_000;

const stateSchema = z.object({ to: z.uuid().nullable(), fullAt: z.number() });

/**
 * Events outlive their bodies, so those without one stand before those with one
 * in the table; where the border is, is kept, or every pass would read them all.
 */
export async function readBodiesCursor(executor: Pick<Executor, "execute">, now: number): Promise<PruneCursor> {
  const state = await readStored(executor, KEY, stateSchema);
  if (state && now - state.fullAt < FULL_MS) return state.to;
  await writeStored(executor, KEY, { to: null, fullAt: now });
  return null;
}

/** Everything up to this event was looked at. */
export async function writeBodiesCursor(executor: Pick<Executor, "execute">, to: PruneCursor): Promise<void> {
  const state = await readStored(executor, KEY, stateSchema);
  if (state) await writeStored(executor, KEY, { ...state, to });
}
