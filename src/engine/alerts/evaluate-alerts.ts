import { asc, eq, inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { rows, type Transaction } from "../database/adapter.ts";
import { alertChannels, alertIncidents, alertNotifications, alertRules } from "../database/schema/index.ts";
import { readStored, writeStored } from "../database/stored-setting.ts";
import type { AlertNotice } from "./alert-message.ts";
import { DEFAULT_RULES } from "./default-rules.ts";
import { type IncidentRow, incidentRecord } from "./incident-record.ts";
import { isLittleBad, judge } from "./judge.ts";
import { queueNotices, releaseHeld, type Telling } from "./queue-notices.ts";
import { type Reading, readReadings } from "./read-readings.ts";

type RuleRow = typeof alertRules.$inferSelect;

/** How often rules are looked at, whichever process does it. */
export const EVALUATE_MS = 15_000;
/** Somebody else did it so short a time ago that it need not be done again. */
const FRESH_MS = EVALUATE_MS * 0.6;
const EVALUATED = "alerts.evaluated";
const SEEDED = "alerts.seeded";

/**
 * Look at all rules once, in one transaction and under a lock that one process gets and the others do not wait for.
 * An incident, its end and the messages about them are committed together: a process that dies has decided nothing.
 *
 * @param options.force also when it was done a moment ago.
 * @returns how many messages are to be sent; `null` when another process does it.
 */
export async function evaluateAlerts(
  engine: Pick<Engine, "adapter" | "clock">,
  options: { readonly force?: boolean } = {},
): Promise<number | null> {
  return await engine.adapter.db.transaction(async (tx) => {
    const [lock] = await rows(
      tx,
      sql`select pg_try_advisory_xact_lock(hashtextextended('khotan alerts', 0)) as mine`,
      z.object({ mine: z.boolean() }),
    );
    if (!lock?.mine) return null;
    const now = engine.clock.now();
    const last = await readStored(tx, EVALUATED, z.number());
    // A time ahead of now is a clock that was set back.
    if (!options.force && last !== null && last <= now && now - last < FRESH_MS) return null;
    await seedRules(tx);
    const tellings = await judgeRules(tx, engine, now);
    const channels = await tx.select().from(alertChannels).where(eq(alertChannels.enabled, true));
    const queued = await queueNotices(tx, channels, tellings, now);
    const released = await releaseHeld(tx, channels, now);
    await writeStored(tx, EVALUATED, now);
    return queued + released;
  });
}

/** Store the default rules, once in the life of a database: what somebody deleted stays deleted. */
export async function seedRules(tx: Transaction): Promise<void> {
  if ((await readStored(tx, SEEDED, z.boolean())) !== null) return;
  await tx
    .insert(alertRules)
    .values([...DEFAULT_RULES])
    .onConflictDoNothing();
  await writeStored(tx, SEEDED, true);
}

async function judgeRules(tx: Transaction, engine: Pick<Engine, "adapter" | "clock">, now: number): Promise<Telling[]> {
  const rules = await tx.select().from(alertRules).where(eq(alertRules.enabled, true)).orderBy(asc(alertRules.id));
  const live = await tx.select().from(alertIncidents).where(ne(alertIncidents.status, "resolved"));
  await endOrphans(tx, rules, live, now);
  const tellings: Telling[] = [];
  for (const rule of rules) {
    const readings = await readReadings({ ...engine, adapter: { ...engine.adapter, db: tx } }, rule);
    // Another process may know, and its incident lasts meanwhile.
    if (readings === null) continue;
    const byKey = new Map(readings.map((reading) => [reading.subject.key, reading]));
    const mine = new Map(live.filter((row) => row.ruleId === rule.id).map((row) => [row.subjectKey, row]));
    for (const key of new Set([...byKey.keys(), ...mine.keys()])) {
      const notice = await judgeSubject(tx, rule, mine.get(key) ?? null, byKey.get(key) ?? null, now);
      if (notice) tellings.push({ ...notice, rule });
    }
  }
  return tellings;
}

/** Incidents of rules that are switched off or gone are over, and nobody is told. */
async function endOrphans(tx: Transaction, rules: readonly RuleRow[], live: readonly IncidentRow[], now: number) {
  const known = new Set(rules.map((rule) => rule.id));
  const orphans = live.filter((row) => !known.has(row.ruleId)).map((row) => row.id);
  if (orphans.length === 0) return;
  await tx
    .update(alertIncidents)
    .set({ status: "resolved", resolvedAt: new Date(now) })
    .where(inArray(alertIncidents.id, orphans));
  await announce(tx, "alerts", null);
}

type Told = { readonly notice: AlertNotice; readonly incidentId: string } | null;

async function judgeSubject(
  tx: Transaction,
  rule: RuleRow,
  row: IncidentRow | null,
  reading: Reading | null,
  now: number,
): Promise<Told> {
  const live =
    row && row.status !== "resolved"
      ? { status: row.status, since: row.since.getTime(), clearSince: row.clearSince?.getTime() ?? null }
      : null;
  const { kind } = judge(rule, live, reading?.value ?? null, now);
  const at = new Date(now);
  const worse = isLittleBad(rule.metric) ? Math.min : Math.max;
  const seen = reading && row ? { value: reading.value, worstValue: worse(row.worstValue, reading.value) } : {};
  switch (kind) {
    case "nothing":
      return null;
    case "forget":
      if (row) await tx.delete(alertIncidents).where(eq(alertIncidents.id, row.id));
      return null;
    case "begin":
      if (reading) await open(tx, rule, reading, at, null);
      return null;
    case "open": {
      if (!row) return reading ? told("opened", await open(tx, rule, reading, at, at)) : null;
      return told("opened", await change(tx, row, { ...seen, status: "open", openedAt: at, notifiedAt: at }));
    }
    case "lasts": {
      const due =
        rule.renotifyMinutes !== null &&
        row?.status === "open" &&
        row.acknowledgedAt === null &&
        now - (row.notifiedAt ?? row.since).getTime() >= rule.renotifyMinutes * 60_000;
      const changed = row && (await change(tx, row, { ...seen, clearSince: null, ...(due ? { notifiedAt: at } : {}) }));
      return due && changed ? told("reminder", changed) : null;
    }
    case "clears":
      if (row && row.clearSince === null) await change(tx, row, { ...seen, clearSince: at });
      return null;
    case "resolve": {
      const over = row && (await change(tx, row, { ...seen, status: "resolved", resolvedAt: at }));
      return over && rule.notifyResolved ? told("resolved", over) : null;
    }
  }
}

const told = (kind: AlertNotice["kind"], row: IncidentRow): Told => ({
  notice: { kind, incident: incidentRecord(row) },
  incidentId: row.id,
});

async function open(
  tx: Transaction,
  rule: RuleRow,
  { subject, plug, tenant, value }: Reading,
  since: Date,
  openedAt: Date | null,
): Promise<IncidentRow> {
  const { id: ruleId, name: ruleName, metric, severity, threshold } = rule;
  const [row] = await tx
    .insert(alertIncidents)
    .values({
      id: newUuid(),
      ...{ ruleId, ruleName, metric, severity, threshold, subject, plug, tenant, value, since, openedAt },
      status: openedAt ? "open" : "pending",
      subjectKey: subject.key,
      worstValue: value,
      notifiedAt: openedAt,
    })
    .returning();
  if (!row) throw new Error("an incident was not stored");
  await announce(tx, "alerts", row.id);
  return row;
}

async function change(tx: Transaction, row: IncidentRow, set: Partial<IncidentRow>): Promise<IncidentRow> {
  const after = { ...row, ...set };
  await tx.update(alertIncidents).set(set).where(eq(alertIncidents.id, row.id));
  // Of one that lasts nobody is told every round, only when its figures move.
  if (after.status !== row.status || after.value !== row.value) await announce(tx, "alerts", row.id);
  return after;
}

/** Remove what is over for so long that nobody asks. Default 90 days. */
export async function pruneAlerts(engine: Pick<Engine, "adapter" | "clock">, keepDays = 90): Promise<void> {
  const before = new Date(engine.clock.now() - keepDays * 86_400_000).toISOString();
  const { db } = engine.adapter;
  const old = sql`select id from ${alertIncidents} where status = 'resolved' and resolved_at < ${before}::timestamptz limit 1000`;
  await db.delete(alertIncidents).where(inArray(alertIncidents.id, old));
  const sent = sql`select id from ${alertNotifications} where created_at < ${before}::timestamptz and status not in ('pending', 'held') limit 1000`;
  await db.delete(alertNotifications).where(inArray(alertNotifications.id, sent));
}
