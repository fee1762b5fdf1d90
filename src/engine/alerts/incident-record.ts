import { type AlertIncident, encodeId } from "../../contract/index.ts";
import type { alertIncidents } from "../database/schema/index.ts";
import { describeIncident } from "./describe-incident.ts";

export type IncidentRow = typeof alertIncidents.$inferSelect;

/** An incident as the API and messages show it. Those that are `pending` are shown to nobody. */
export function incidentRecord(row: IncidentRow): AlertIncident {
  return {
    id: encodeId("alertIncident", row.id),
    ruleId: encodeId("alertRule", row.ruleId),
    ruleName: row.ruleName,
    metric: row.metric,
    severity: row.severity,
    status: row.status === "resolved" ? "resolved" : "open",
    subject: row.subject,
    plug: row.plug,
    tenant: row.tenant,
    summary: describeIncident(row),
    value: row.value,
    worstValue: row.worstValue,
    threshold: row.threshold,
    since: row.since.toISOString(),
    openedAt: (row.openedAt ?? row.since).toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    acknowledgedBy: row.acknowledgedBy,
  };
}
