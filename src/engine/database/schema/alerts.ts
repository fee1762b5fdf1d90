import { sql } from "drizzle-orm";
import { boolean, doublePrecision, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type {
  AlertMetric,
  AlertSeverity,
  ChannelKind,
  IncidentSubject,
  NotificationKind,
  QuietHours,
} from "../../../contract/index.ts";
import type { Envelope } from "../../security/secret-box.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** What is worth telling somebody. */
export const alertRules = pgTable(
  "khotan_alert_rules",
  {
    id: id(),
    name: text("name").notNull(),
    metric: text("metric").$type<AlertMetric>().notNull(),
    enabled: boolean("enabled").notNull().default(true),
    severity: text("severity").$type<AlertSeverity>().notNull().default("warning"),
    /** In the metric's own unit; `null` for those that are a state. */
    threshold: doublePrecision("threshold"),
    clearThreshold: doublePrecision("clear_threshold"),
    forMinutes: integer("for_minutes").notNull().default(0),
    clearMinutes: integer("clear_minutes").notNull().default(0),
    windowMinutes: integer("window_minutes").notNull().default(15),
    minCount: integer("min_count").notNull().default(1),
    plug: text("plug"),
    tenant: text("tenant"),
    /** Empty: every channel. */
    channelIds: jsonb("channel_ids").$type<string[]>().notNull().default([]),
    notifyResolved: boolean("notify_resolved").notNull().default(true),
    renotifyMinutes: integer("renotify_minutes"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex("khotan_alert_rules_name").on(table.name)],
);

/** Where it is told. Everything that reaches the other side travels in one encrypted envelope. */
export const alertChannels = pgTable(
  "khotan_alert_channels",
  {
    id: id(),
    name: text("name").notNull(),
    kind: text("kind").$type<ChannelKind>().notNull(),
    enabled: boolean("enabled").notNull().default(true),
    envelope: jsonb("envelope").$type<Envelope>().notNull(),
    /** What people see of it, without secrets. */
    target: text("target").notNull(),
    quietHours: jsonb("quiet_hours").$type<QuietHours>(),
    criticalPasses: boolean("critical_passes").notNull().default(true),
    lastError: text("last_error"),
    lastSentAt: at("last_sent_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex("khotan_alert_channels_name").on(table.name)],
);

/** A rule broken by one subject, from when it was seen to when it was over. At most one at a time: the unique index says so. */
export const alertIncidents = pgTable(
  "khotan_alert_incidents",
  {
    id: id(),
    ruleId: uuid("rule_id").notNull(),
    ruleName: text("rule_name").notNull(),
    metric: text("metric").$type<AlertMetric>().notNull(),
    severity: text("severity").$type<AlertSeverity>().notNull(),
    /** `pending` until it has lasted for the rule's `forMinutes`. */
    status: text("status").$type<"pending" | "open" | "resolved">().notNull(),
    subject: jsonb("subject").$type<IncidentSubject>().notNull(),
    /** The subject's identity within the rule. */
    subjectKey: text("subject_key").notNull(),
    plug: text("plug"),
    tenant: text("tenant"),
    value: doublePrecision("value").notNull(),
    worstValue: doublePrecision("worst_value").notNull(),
    threshold: doublePrecision("threshold"),
    since: at("since").notNull(),
    openedAt: at("opened_at"),
    /** Since when it has been well again, while that is not long enough. */
    clearSince: at("clear_since"),
    resolvedAt: at("resolved_at"),
    acknowledgedAt: at("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    notifiedAt: at("notified_at"),
  },
  (table) => [
    uniqueIndex("khotan_alert_incidents_live").on(table.ruleId, table.subjectKey).where(sql`status <> 'resolved'`),
    index("khotan_alert_incidents_status").on(table.status, table.id),
    index("khotan_alert_incidents_plug").on(table.plug, table.id),
    index("khotan_alert_incidents_tenant").on(table.tenant, table.id),
    index("khotan_alert_incidents_resolved").on(table.resolvedAt).where(sql`status = 'resolved'`),
  ],
);

/** What has to be sent, written in the transaction that decided it, so that no death in between loses it. */
export const alertNotifications = pgTable(
  "khotan_alert_notifications",
  {
    /** Also the message's id at the other side, the same at every try. */
    id: id(),
    channelId: uuid("channel_id").notNull(),
    incidentId: uuid("incident_id"),
    kind: text("kind").$type<NotificationKind>().notNull(),
    payload: jsonb("payload").$type<unknown>().notNull(),
    /** `held` during quiet hours; `folded` into a summary after them. */
    status: text("status").$type<"pending" | "held" | "folded" | "sent" | "failed">().notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: at("next_attempt_at"),
    leaseUntil: at("lease_until"),
    lastError: text("last_error"),
    createdAt: createdAt(),
    sentAt: at("sent_at"),
  },
  (table) => [
    index("khotan_alert_notifications_due").on(table.nextAttemptAt).where(sql`status = 'pending'`),
    index("khotan_alert_notifications_held").on(table.channelId, table.id).where(sql`status = 'held'`),
    index("khotan_alert_notifications_incident").on(table.incidentId),
    index("khotan_alert_notifications_created").on(table.createdAt),
  ],
);
