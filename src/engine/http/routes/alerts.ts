import { createChannel, deleteChannel, listChannels, testChannel, updateChannel } from "../../alerts/channels.ts";
import { acknowledgeIncident, listIncidents } from "../../alerts/incidents.ts";
import { createRule, deleteRule, listRules, updateRule } from "../../alerts/rules.ts";
import { requireAllTenants } from "../require-all-tenants.ts";
import type { Handlers } from "../route-handler.ts";

export const alertRoutes: Pick<
  Handlers,
  | "listAlertRules"
  | "createAlertRule"
  | "updateAlertRule"
  | "deleteAlertRule"
  | "listAlertChannels"
  | "createAlertChannel"
  | "updateAlertChannel"
  | "deleteAlertChannel"
  | "testAlertChannel"
  | "listAlertIncidents"
  | "acknowledgeAlertIncident"
> = {
  listAlertRules: async ({ engine, principal }) => ({ items: await listRules(engine, principal) }),

  createAlertRule: ({ engine, principal, body, requestId }) =>
    createRule(engine, body, { actor: principal, requestId }),

  updateAlertRule: ({ engine, principal, params, body, requestId }) =>
    updateRule(engine, params.id, body, { actor: principal, requestId }),

  deleteAlertRule: ({ engine, principal, params, requestId }) =>
    deleteRule(engine, params.id, { actor: principal, requestId }),

  listAlertChannels: async ({ engine, principal }) => {
    requireAllTenants(principal);
    return { items: await listChannels(engine) };
  },

  createAlertChannel: ({ engine, principal, body, requestId }) => {
    requireAllTenants(principal);
    return createChannel(engine, body, { actor: principal, requestId });
  },

  updateAlertChannel: ({ engine, principal, params, body, requestId }) => {
    requireAllTenants(principal);
    return updateChannel(engine, params.id, body, { actor: principal, requestId });
  },

  deleteAlertChannel: ({ engine, principal, params, requestId }) => {
    requireAllTenants(principal);
    return deleteChannel(engine, params.id, { actor: principal, requestId });
  },

  testAlertChannel: ({ engine, principal, params, requestId }) => {
    requireAllTenants(principal);
    return testChannel(engine, params.id, { actor: principal, requestId });
  },

  listAlertIncidents: ({ engine, principal, query }) => listIncidents(engine, principal, query),

  acknowledgeAlertIncident: ({ engine, principal, params, requestId }) =>
    acknowledgeIncident(engine, params.id, { actor: principal, requestId }),
};
