import { and, eq } from "drizzle-orm";
import type { GapRecord, Principal } from "../../../contract/index.ts";
import { writeAudit } from "../../audit/write-audit.ts";
import { announce } from "../../changes/announce.ts";
import type { Engine } from "../../context.ts";
import { wires } from "../../database/schema/index.ts";
import { KhotanError } from "../../errors.ts";
import { requireWire } from "../require-wire.ts";
import { gapRecord } from "./gap-record.ts";
import { missingForListing } from "./missing-for-listing.ts";
import { openGaps } from "./open-gaps.ts";

/** Providers' clocks, and events that were on their way. */
const SLACK_MS = 60_000;
/** How far back is asked when nothing was ever received. */
const FIRST_MS = 24 * 3_600_000;

/**
 * Have a wire's provider asked for what is missing.
 *
 * @throws KhotanError `conflict` when the wire cannot list, or is not connected; `variables_missing`; `validation_failed` for a time to come.
 */
export async function askRepair(
  engine: Engine,
  request: {
    readonly plug: string;
    readonly tenant: string;
    readonly since?: string | undefined;
    readonly actor: Principal;
    readonly requestId?: string;
  },
): Promise<GapRecord> {
  const { plug, tenant, actor, requestId } = request;
  const { wire } = requireWire(engine.registry, plug);
  if (!wire.listMissed) {
    throw new KhotanError("conflict", `${plug}'s wire cannot list what it missed.`, {
      hint: "Its provider offers no such list, or the wire declares no `listMissed`.",
    });
  }
  const [row] = await engine.adapter.db
    .select()
    .from(wires)
    .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
  if (!row || row.status === "disabled") {
    throw new KhotanError("conflict", `${plug}'s wire is not connected.`, {
      hint: `Connect it: POST ${engine.settings.basePath}/wires/${plug}`,
    });
  }
  const missing = await missingForListing(engine, wire, plug, tenant);
  if (missing.length > 0) {
    throw new KhotanError("variables_missing", `Listing what was missed needs ${missing.join(", ")}.`, {
      hint: `Send them to POST ${engine.settings.basePath}/wires/${plug} as { "vars": { "${missing[0]}": "…" } }.`,
      issues: missing.map((key) => ({ path: `vars.${key}`, message: "Required." })),
    });
  }
  const until = new Date(engine.clock.now());
  const last = row.lastReceivedAt ?? row.connectedAt;
  const since = request.since
    ? new Date(request.since)
    : new Date((last?.getTime() ?? until.getTime() - FIRST_MS) - SLACK_MS);
  if (since >= until) {
    throw new KhotanError("validation_failed", "`since` is in the future.", {
      issues: [{ path: "since", message: "Must be in the past." }],
    });
  }
  const gap = await engine.adapter.db.transaction(async (tx) => {
    const [opened] = await openGaps(tx, [
      { plug, tenant, reason: "manual", since, until, actor: actor.name ?? actor.id },
    ]);
    await writeAudit(tx, {
      actor,
      action: "wire.repair",
      plug,
      tenant,
      requestId,
      data: { since: since.toISOString() },
    });
    await announce(tx, "wires", row.id);
    await announce(tx, "gaps", opened?.id ?? null);
    return opened;
  });
  if (!gap) throw new Error("the gap was not written");
  return gapRecord(gap, actor);
}
