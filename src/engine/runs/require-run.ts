import { and, eq } from "drizzle-orm";
import { decodeId, type Principal, type RunRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";
import { runColumns, runRecord } from "./run-record.ts";

/** The database id of a run that the caller may see, and its record. @throws KhotanError `not_found` */
export async function requireRun(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<{ uuid: string; run: RunRecord }> {
  const uuid = decodeId("run", id);
  const [row] = uuid
    ? await engine.adapter.db
        .select(runColumns)
        .from(runs)
        .where(and(eq(runs.id, uuid), seenBy(principal, runs.tenant)))
    : [];
  if (row) return { uuid: row.id, run: runRecord(row, principal) };
  throw new KhotanError("not_found", `There is no run "${id}".`, { hint: "List them: GET /runs" });
}
