import { z } from "zod";
import { plugNameSchema, tenantSchema, timeSchema } from "../page.ts";

/** What an alert watches. `docs/observe.md` says the unit of each. */
export const ALERT_METRICS = [
  "failure_rate",
  "dead_letters",
  "backlog_age",
  "connection_broken",
  "wire_broken",
  "wire_expiring",
  "breaker_open",
  "storage_bytes",
  "disk_free",
] as const;
export type AlertMetric = (typeof ALERT_METRICS)[number];

/** These are so or not so; the others need a threshold. */
const STATE_METRICS: readonly AlertMetric[] = ["connection_broken", "wire_broken", "breaker_open"];
export const isStateMetric = (metric: AlertMetric): boolean => STATE_METRICS.includes(metric);

export const ALERT_SEVERITIES = ["warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];
export const CHANNEL_KINDS = ["slack", "email", "webhook"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export const INCIDENT_STATUSES = ["open", "resolved"] as const;
export const NOTIFICATION_KINDS = ["opened", "reminder", "resolved", "summary", "test"] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

const minutes = z.number().int().min(0).max(10_080);
const ruleFields = {
  name: z.string().trim().min(1).max(120).describe("Unique."),
  metric: z.enum(ALERT_METRICS),
  enabled: z.boolean(),
  severity: z.enum(ALERT_SEVERITIES),
  threshold: z
    .number()
    .min(0)
    .nullable()
    .describe(
      "failure_rate: percent; dead_letters: how many; backlog_age: seconds; wire_expiring: hours left; storage_bytes: bytes; disk_free: percent left; `null` for the rest.",
    ),
  clearThreshold: z
    .number()
    .min(0)
    .nullable()
    .describe("It is over below this (wire_expiring and disk_free: above). `null`: at the threshold itself."),
  forMinutes: minutes.describe("How long it must last before somebody is told."),
  clearMinutes: minutes.describe("How long it must be well again before it is over."),
  windowMinutes: z.number().int().min(1).max(1_440).describe("failure_rate looks back so far."),
  minCount: z.number().int().min(1).max(1_000_000).describe("failure_rate says nothing of fewer runs."),
  plug: plugNameSchema.nullable().describe("Only this plug; `null`: all."),
  tenant: tenantSchema.nullable().describe("Only this tenant; `null`: all together."),
  channelIds: z.array(z.string()).max(50).describe("Empty: every channel."),
  notifyResolved: z.boolean().describe("Tell when it is over, too."),
  renotifyMinutes: z
    .number()
    .int()
    .min(5)
    .max(10_080)
    .nullable()
    .describe("Tell again so often while it is open and nobody acknowledged it; `null`: once."),
};

export const alertRuleSchema = z.object({
  id: z.string(),
  ...ruleFields,
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const createAlertRuleSchema = z.strictObject({
  ...ruleFields,
  enabled: ruleFields.enabled.default(true),
  severity: ruleFields.severity.default("warning"),
  threshold: ruleFields.threshold.default(null),
  clearThreshold: ruleFields.clearThreshold.default(null),
  forMinutes: ruleFields.forMinutes.default(0),
  clearMinutes: ruleFields.clearMinutes.default(0),
  windowMinutes: ruleFields.windowMinutes.default(15),
  minCount: ruleFields.minCount.default(10),
  plug: ruleFields.plug.default(null),
  tenant: ruleFields.tenant.default(null),
  channelIds: ruleFields.channelIds.default([]),
  notifyResolved: ruleFields.notifyResolved.default(true),
  renotifyMinutes: ruleFields.renotifyMinutes.default(null),
});
export type CreateAlertRule = z.output<typeof createAlertRuleSchema>;
export const updateAlertRuleSchema = z.strictObject(ruleFields).omit({ metric: true }).partial();
export type UpdateAlertRule = z.output<typeof updateAlertRuleSchema>;

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day looks like 22:00.");

/** When nobody wants to be told. Over midnight when `from` is later than `to`. */
export const quietHoursSchema = z.strictObject({
  from: clockTime,
  to: clockTime,
  timeZone: z
    .string()
    .refine((zone) => {
      try {
        return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
      } catch {
        return false;
      }
    }, "This is no time zone of the IANA database.")
    .describe("e.g. `Europe/Berlin`."),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

const httpUrl = z.url({ protocol: /^https?$/ }).max(2_000);
const hostname = z.string().regex(/^[\w.:-]{1,253}$/, "Give a host's name or address.");
const mailbox = z
  .string()
  .max(320)
  .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, "Give an address like ops@example.com.");

/** How a channel reaches the other side. All of it is stored encrypted, and shown masked. */
export const CHANNEL_TARGETS = {
  slack: z.union([
    z.strictObject({ url: httpUrl.describe("An incoming webhook of Slack; a secret.") }),
    z.strictObject({
      plug: plugNameSchema.describe("A plug for https://slack.com/api that signs in as a bot."),
      tenant: tenantSchema.default("default"),
      channel: z.string().min(1).max(120).describe("`#alerts` or an id; the bot must be in it."),
    }),
  ]),
  email: z.strictObject({
    host: hostname,
    port: z.number().int().min(1).max(65_535).default(587),
    secure: z
      .boolean()
      .default(false)
      .describe("TLS from the first byte (465); else STARTTLS when the server offers it."),
    requireTls: z.boolean().default(false).describe("Refuse to send without TLS."),
    user: z.string().max(320).optional(),
    password: z.string().max(1_000).optional(),
    from: mailbox,
    to: z.array(mailbox).min(1).max(50),
  }),
  webhook: z.strictObject({
    url: httpUrl,
    secret: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "A secret is `whsec_` and 24 to 64 bytes in base64.")
      .optional()
      .describe("For the signature by Standard Webhooks; made and shown once when left out."),
  }),
} as const;

const channelFields = {
  name: z.string().trim().min(1).max(120).describe("Unique."),
  enabled: z.boolean(),
  quietHours: quietHoursSchema.nullable().describe("Meanwhile nothing is sent; afterwards everything in one summary."),
  criticalPasses: z.boolean().describe("What is critical is sent in quiet hours too."),
};

export const alertChannelSchema = z.object({
  id: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  ...channelFields,
  target: z.string().describe("Where it goes, without secrets."),
  lastError: z.string().nullable(),
  lastSentAt: timeSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type AlertChannel = z.infer<typeof alertChannelSchema>;

export const createdAlertChannelSchema = alertChannelSchema.extend({
  secret: z.string().optional().describe("The webhook's secret, when it was made just now. It is not shown again."),
});

const createFields = {
  ...channelFields,
  enabled: channelFields.enabled.default(true),
  quietHours: channelFields.quietHours.default(null),
  criticalPasses: channelFields.criticalPasses.default(true),
};
export const createAlertChannelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slack"), ...createFields, config: CHANNEL_TARGETS.slack }),
  z.strictObject({ kind: z.literal("email"), ...createFields, config: CHANNEL_TARGETS.email }),
  z.strictObject({ kind: z.literal("webhook"), ...createFields, config: CHANNEL_TARGETS.webhook }),
]);
export type CreateAlertChannel = z.output<typeof createAlertChannelSchema>;

export const updateAlertChannelSchema = z.strictObject({
  ...z.strictObject(channelFields).partial().shape,
  config: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Fields to change; the others stay. Checked like those of a new channel of its kind."),
});
export type UpdateAlertChannel = z.output<typeof updateAlertChannelSchema>;

export const incidentSubjectSchema = z.object({
  type: z.enum(["handler", "connection", "wire", "breaker", "database"]),
  key: z.string().describe("The handler's id, `plug/tenant`, or `database`."),
  label: z.string(),
});
export type IncidentSubject = z.infer<typeof incidentSubjectSchema>;

export const alertIncidentSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  metric: z.enum(ALERT_METRICS),
  severity: z.enum(ALERT_SEVERITIES),
  status: z.enum(INCIDENT_STATUSES),
  subject: incidentSubjectSchema,
  plug: z.string().nullable(),
  tenant: z.string().nullable(),
  summary: z.string().describe("What is wrong, in a sentence."),
  value: z.number().describe("As last seen, in the metric's unit."),
  worstValue: z.number(),
  threshold: z.number().nullable(),
  since: timeSchema.describe("When it began."),
  openedAt: timeSchema.describe("When it had lasted long enough."),
  resolvedAt: timeSchema.nullable(),
  acknowledgedAt: timeSchema.nullable(),
  acknowledgedBy: z.string().nullable(),
});
export type AlertIncident = z.infer<typeof alertIncidentSchema>;

export const channelTestSchema = z.object({
  ok: z.boolean(),
  error: z.string().nullable().describe("Why it could not be sent."),
});
