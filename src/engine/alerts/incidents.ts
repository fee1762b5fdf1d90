import { and, desc, eq, inArray, lt, ne } from "drizzle-orm";
import type { z } from "zod";
import { type AlertIncident, type Api, decodeId, encodeId, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { alertIncidents } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";
import { incidentRecord } from "./incident-record.ts";
import type { Changer } from "./rules.ts";

/** Incidents, newest first. What concerns no single tenant is only for who sees all of them. @throws KhotanError `invalid_cursor` */
export async function listIncidents(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: z.output<Api["listAlertIncidents"]["query"]>,
): Promise<Page<AlertIncident>> {
  const { status, severity, plug, tenant, cursor, limit } = query;
  const found = await engine.adapter.db
    .select()
    .from(alertIncidents)
    .where(
      and(
        seenBy(principal, alertIncidents.tenant),
        status ? inArray(alertIncidents.status, status) : ne(alertIncidents.status, "pending"),
        severity ? inArray(alertIncidents.severity, severity) : undefined,
        plug ? eq(alertIncidents.plug, plug) : undefined,
        tenant ? eq(alertIncidents.tenant, tenant) : undefined,
        cursor ? lt(alertIncidents.id, decodeCursor("alertIncident", cursor)) : undefined,
      ),
    )
    .orderBy(desc(alertIncidents.id))
    .limit(limit + 1);
  return toPage("alertIncident", found, limit, incidentRecord);
}

/** Say that somebody looks after it. @throws KhotanError `not_found`, `already_final` */
export async function acknowledgeIncident(
  engine: Pick<Engine, "adapter" | "clock">,
  id: string,
  { actor, requestId }: Changer,
): Promise<AlertIncident> {
  return await engine.adapter.db.transaction(async (tx) => {
    const uuid = decodeId("alertIncident", id);
    const mine = seenBy(actor, alertIncidents.tenant);
    const [row] = uuid
      ? await tx
          .select()
          .from(alertIncidents)
          .where(and(eq(alertIncidents.id, uuid), mine))
          .for("update")
      : [];
    if (!row || row.status === "pending") throw new KhotanError("not_found", `There is no incident "${id}".`);
    if (row.status === "resolved") throw new KhotanError("already_final", "The incident is over.");
    if (row.acknowledgedAt) return incidentRecord(row);
    const set = { acknowledgedAt: new Date(engine.clock.now()), acknowledgedBy: actor.name ?? actor.id };
    await tx.update(alertIncidents).set(set).where(eq(alertIncidents.id, row.id));
    await writeAudit(tx, {
      actor,
      action: "alert_incident.acknowledge",
      plug: row.plug,
      tenant: row.tenant,
      target: encodeId("alertIncident", row.id),
      ...(requestId === undefined ? {} : { requestId }),
    });
    await announce(tx, "alerts", null);
    return incidentRecord({ ...row, ...set });
  });
}
