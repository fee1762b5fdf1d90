import { z } from "zod";
import { listOf, listQuery, pageOf, plugNameSchema, tenantSchema } from "../page.ts";
import {
  ALERT_SEVERITIES,
  alertChannelSchema,
  alertIncidentSchema,
  alertRuleSchema,
  channelTestSchema,
  createAlertChannelSchema,
  createAlertRuleSchema,
  createdAlertChannelSchema,
  INCIDENT_STATUSES,
  updateAlertChannelSchema,
  updateAlertRuleSchema,
} from "../records/alert.ts";
import { defineRoute } from "../route.ts";

const idParams = z.object({ id: z.string() });
const gone = z.object({ id: z.string() });

export const listAlertRules = defineRoute({
  method: "get",
  path: "/alerts/rules",
  access: "viewer",
  tag: "Alerts",
  summary: "List what is watched",
  responses: { 200: { description: "All rules, by name.", schema: z.object({ items: z.array(alertRuleSchema) }) } },
});

export const createAlertRule = defineRoute({
  method: "post",
  path: "/alerts/rules",
  access: "admin",
  tag: "Alerts",
  summary: "Watch something",
  body: createAlertRuleSchema,
  responses: { 201: { description: "The rule.", schema: alertRuleSchema } },
});

export const updateAlertRule = defineRoute({
  method: "patch",
  path: "/alerts/rules/{id}",
  access: "admin",
  tag: "Alerts",
  summary: "Change a rule",
  params: idParams,
  body: updateAlertRuleSchema,
  responses: { 200: { description: "The rule as it is now.", schema: alertRuleSchema } },
});

export const deleteAlertRule = defineRoute({
  method: "delete",
  path: "/alerts/rules/{id}",
  access: "admin",
  tag: "Alerts",
  summary: "Watch it no longer",
  description: "Its open incidents are resolved, without telling anybody.",
  params: idParams,
  responses: { 200: { description: "It is gone.", schema: gone } },
});

export const listAlertChannels = defineRoute({
  method: "get",
  path: "/alerts/channels",
  access: "admin",
  tag: "Alerts",
  summary: "List where alerts are sent",
  responses: {
    200: {
      description: "All channels, by name, without secrets.",
      schema: z.object({ items: z.array(alertChannelSchema) }),
    },
  },
});

export const createAlertChannel = defineRoute({
  method: "post",
  path: "/alerts/channels",
  access: "admin",
  tag: "Alerts",
  summary: "Send alerts to Slack, by e-mail or to a webhook",
  description:
    "What reaches the other side is stored encrypted. Addresses in private networks are refused unless KHOTAN_ALLOW_PRIVATE_NETWORK allows them.",
  keepsAnswer: false,
  body: createAlertChannelSchema,
  responses: { 201: { description: "The channel.", schema: createdAlertChannelSchema } },
});

export const updateAlertChannel = defineRoute({
  method: "patch",
  path: "/alerts/channels/{id}",
  access: "admin",
  tag: "Alerts",
  summary: "Change a channel",
  params: idParams,
  body: updateAlertChannelSchema,
  responses: { 200: { description: "The channel as it is now.", schema: alertChannelSchema } },
});

export const deleteAlertChannel = defineRoute({
  method: "delete",
  path: "/alerts/channels/{id}",
  access: "admin",
  tag: "Alerts",
  summary: "Send alerts there no longer",
  description: "What was not sent yet is dropped.",
  params: idParams,
  responses: { 200: { description: "It is gone.", schema: gone } },
});

export const testAlertChannel = defineRoute({
  method: "post",
  path: "/alerts/channels/{id}/test",
  access: "admin",
  tag: "Alerts",
  summary: "Send a test message now",
  params: idParams,
  responses: { 200: { description: "How it went.", schema: channelTestSchema } },
});

export const listAlertIncidents = defineRoute({
  method: "get",
  path: "/alerts/incidents",
  access: "viewer",
  tag: "Alerts",
  summary: "List what went wrong, newest first",
  query: listQuery.extend({
    status: listOf(INCIDENT_STATUSES).optional(),
    severity: listOf(ALERT_SEVERITIES).optional(),
    plug: plugNameSchema.optional(),
    tenant: tenantSchema.optional(),
  }),
  responses: { 200: { description: "A page of incidents.", schema: pageOf(alertIncidentSchema) } },
});

export const acknowledgeAlertIncident = defineRoute({
  method: "post",
  path: "/alerts/incidents/{id}/acknowledge",
  access: "operator",
  tag: "Alerts",
  summary: "Say that somebody looks after it",
  description: "It is not told again while it lasts. Doing it twice keeps the first name.",
  params: idParams,
  responses: { 200: { description: "The incident.", schema: alertIncidentSchema } },
});
