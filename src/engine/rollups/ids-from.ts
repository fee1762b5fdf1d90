import { type SQL, sql } from "drizzle-orm";
import { idsWithin } from "../database/id-range.ts";
import { uuidFromHex } from "../database/uuid-from-hex.ts";
import type { RollWindow } from "./roll-window.ts";

/** An event's id and its time are made together, an exchange's id when the call has ended. */
const SLACK_MS = 1_000;
const LONGEST_CALL_MS = 10 * 60_000;

/**
 * Rows of a window begin at this id, which the primary key finds at once. There
 * is no upper end while the window ends now: a clock that was set back leaves
 * ids behind that are ahead of their time.
 */
export function idsFrom({ from, to }: Pick<RollWindow, "from" | "to">): SQL {
  const low = uuidFromHex((from - SLACK_MS).toString(16).padStart(12, "0") + "0".repeat(20));
  if (to === null) return sql`id >= ${low}::uuid`;
  const { high = "" } = idsWithin({ until: new Date(to + LONGEST_CALL_MS).toISOString() });
  return sql`id >= ${low}::uuid and id <= ${high}::uuid`;
}
