import { and, asc, eq, inArray, ne } from "drizzle-orm";
import {
  type AlertRule,
  type CreateAlertRule,
  decodeId,
  encodeId,
  isStateMetric,
  maySeeTenant,
  type Principal,
  type UpdateAlertRule,
} from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { alertChannels, alertIncidents, alertRules } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";
import { seedRules } from "./evaluate-alerts.ts";
import { requireFreeName } from "./require-free-name.ts";

type Row = typeof alertRules.$inferSelect;
type Parts = Pick<Engine, "adapter">;
/** Who changes something, and in which request. */
export interface Changer {
  readonly actor: Principal;
  readonly requestId?: string;
}

const MAX_RULES = 500;

/** The rules a principal may see, by name: those of all tenants only for who sees all. */
export async function listRules(engine: Parts, principal: Principal): Promise<AlertRule[]> {
  await engine.adapter.db.transaction((tx) => seedRules(tx));
  const found = await engine.adapter.db
    .select()
    .from(alertRules)
    .where(seenBy(principal, alertRules.tenant))
    .orderBy(asc(alertRules.name))
    .limit(MAX_RULES);
  return found.map(toRecord);
}

/** @throws KhotanError `forbidden`, `conflict`, `validation_failed` */
export async function createRule(
  engine: Parts,
  rule: CreateAlertRule,
  { actor, requestId }: Changer,
): Promise<AlertRule> {
  requireOwn(actor, rule.tenant);
  requireThreshold(rule);
  return await engine.adapter.db.transaction(async (tx) => {
    await seedRules(tx);
    await requireFreeName(tx, alertRules, rule.name, null);
    const channelIds = await channelUuids(tx, rule.channelIds);
    const [row] = await tx
      .insert(alertRules)
      .values({ ...rule, channelIds })
      .returning();
    if (!row) throw new Error("a rule was not stored");
    await audit(tx, "alert_rule.create", row, { actor, requestId });
    return toRecord(row);
  });
}

/** @throws KhotanError `not_found`, `forbidden`, `conflict`, `validation_failed` */
export async function updateRule(
  engine: Parts,
  id: string,
  patch: UpdateAlertRule,
  { actor, requestId }: Changer,
): Promise<AlertRule> {
  return await engine.adapter.db.transaction(async (tx) => {
    const old = await requireRule(tx, actor, id);
    if (patch.tenant !== undefined) requireOwn(actor, patch.tenant);
    requireThreshold({ ...old, ...patch });
    if (patch.name !== undefined) await requireFreeName(tx, alertRules, patch.name, old.id);
    const { channelIds, ...rest } = patch;
    const channels = channelIds === undefined ? {} : { channelIds: await channelUuids(tx, channelIds) };
    const changes = { ...rest, ...channels, updatedAt: new Date() };
    const [row] = await tx.update(alertRules).set(changes).where(eq(alertRules.id, old.id)).returning();
    if (!row) throw ruleNotFound(id);
    await audit(tx, "alert_rule.update", row, { actor, requestId });
    return toRecord(row);
  });
}

/** @throws KhotanError `not_found` */
export async function deleteRule(engine: Parts, id: string, { actor, requestId }: Changer): Promise<{ id: string }> {
  return await engine.adapter.db.transaction(async (tx) => {
    const row = await requireRule(tx, actor, id);
    await tx.delete(alertRules).where(eq(alertRules.id, row.id));
    await tx
      .update(alertIncidents)
      .set({ status: "resolved", resolvedAt: new Date() })
      .where(and(eq(alertIncidents.ruleId, row.id), ne(alertIncidents.status, "resolved")));
    await audit(tx, "alert_rule.delete", row, { actor, requestId });
    return { id };
  });
}

async function requireRule(tx: Transaction, principal: Principal, id: string): Promise<Row> {
  const uuid = decodeId("alertRule", id);
  const mine = seenBy(principal, alertRules.tenant);
  const [row] = uuid
    ? await tx
        .select()
        .from(alertRules)
        .where(and(eq(alertRules.id, uuid), mine))
        .for("update")
    : [];
  if (row) return row;
  throw ruleNotFound(id);
}

const ruleNotFound = (id: string) => new KhotanError("not_found", `There is no alert rule "${id}".`);

/** Whoever may see some tenants makes rules for one of them. */
function requireOwn(principal: Principal, tenant: string | null): void {
  if (principal.tenants === "*" || (tenant !== null && maySeeTenant(principal, tenant))) return;
  throw new KhotanError("forbidden", "A rule for all tenants, or one you may not see, is not yours to make.", {
    hint: "Give one of your tenants as `tenant`.",
  });
}

function requireThreshold({ metric, threshold }: Pick<Row, "metric" | "threshold">): void {
  if (isStateMetric(metric) === (threshold === null)) return;
  const message = threshold === null ? `${metric} needs a threshold.` : `${metric} has no threshold: it is so or not.`;
  throw new KhotanError("validation_failed", message, { issues: [{ path: "threshold", message }] });
}

async function channelUuids(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const uuids = ids.map((id) => decodeId("alertChannel", id) ?? "");
  const known = uuids.filter((uuid) => uuid !== "");
  const found =
    known.length === 0
      ? []
      : await tx.select({ id: alertChannels.id }).from(alertChannels).where(inArray(alertChannels.id, known));
  const there = new Set(found.map((row) => row.id));
  const issues = ids.flatMap((id, at) =>
    there.has(uuids[at] ?? "") ? [] : [{ path: `channelIds.${at}`, message: `There is no alert channel "${id}".` }],
  );
  if (issues.length > 0) throw new KhotanError("validation_failed", "A channel does not exist.", { issues });
  return uuids;
}

async function audit(tx: Transaction, action: string, row: Row, { actor, requestId }: Changer): Promise<void> {
  await writeAudit(tx, {
    actor,
    action,
    plug: row.plug,
    tenant: row.tenant,
    target: encodeId("alertRule", row.id),
    data: { name: row.name },
    ...(requestId === undefined ? {} : { requestId }),
  });
  await announce(tx, "alerts", null);
}

const toRecord = ({ id, channelIds, createdAt, updatedAt, ...row }: Row): AlertRule => ({
  ...row,
  id: encodeId("alertRule", id),
  channelIds: channelIds.map((channel) => encodeId("alertChannel", channel)),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
