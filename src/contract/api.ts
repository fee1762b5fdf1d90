import * as alerts from "./routes/alerts.ts";
import * as breakers from "./routes/breakers.ts";
import * as caches from "./routes/caches.ts";
import * as conflicts from "./routes/conflicts.ts";
import * as debug from "./routes/debug.ts";
import * as drifts from "./routes/drifts.ts";
import * as dryRuns from "./routes/dry-runs.ts";
import * as events from "./routes/events.ts";
import * as exchanges from "./routes/exchanges.ts";
import * as fieldMappings from "./routes/field-mappings.ts";
import * as flows from "./routes/flows.ts";
import * as gaps from "./routes/gaps.ts";
import * as imports from "./routes/import.ts";
import * as jobs from "./routes/jobs.ts";
import * as limits from "./routes/limits.ts";
import * as mappings from "./routes/mappings.ts";
import * as oauth from "./routes/oauth.ts";
import * as people from "./routes/people.ts";
import * as plugs from "./routes/plugs.ts";
import * as retention from "./routes/retention.ts";
import * as rollups from "./routes/rollups.ts";
import * as runFacets from "./routes/run-facets.ts";
import * as runHistogram from "./routes/run-histogram.ts";
import * as runs from "./routes/runs.ts";
import * as secrets from "./routes/secrets.ts";
import * as system from "./routes/system.ts";
import * as topology from "./routes/topology.ts";
import * as wires from "./routes/wires.ts";

/** Every endpoint of `/api/khotan`, by the name the typed client calls it. */
export const api = {
  getHealth: system.getHealth,
  getReady: system.getReady,
  getOverview: system.getOverview,
  getTopology: topology.getTopology,
  getStream: system.getStream,
  getMetrics: system.getMetrics,
  listAudit: system.listAudit,
  listProcesses: system.listProcesses,
  getSecrets: secrets.getSecrets,
  resealSecrets: secrets.resealSecrets,
  listUsers: people.listUsers,
  createUser: people.createUser,
  updateUser: people.updateUser,
  deleteUser: people.deleteUser,
  createUserLink: people.createUserLink,
  endUserSessions: people.endUserSessions,
  listApiKeys: people.listApiKeys,
  createApiKey: people.createApiKey,
  deleteApiKey: people.deleteApiKey,
  getOpenApi: system.getOpenApi,
  getReference: system.getReference,
  runCron: system.runCron,
  listPlugs: plugs.listPlugs,
  importPlug: imports.importPlug,
  getPlug: plugs.getPlug,
  updatePlug: plugs.updatePlug,
  listHandlers: plugs.listHandlers,
  updateHandler: plugs.updateHandler,
  getVariables: plugs.getVariables,
  setVariables: plugs.setVariables,
  clearVariables: plugs.clearVariables,
  listConnections: oauth.listConnections,
  authorizeConnection: oauth.authorizeConnection,
  finishConsent: oauth.finishConsent,
  disconnectConnection: oauth.disconnectConnection,
  listLimits: limits.listLimits,
  listBreakers: breakers.listBreakers,
  updateBreaker: breakers.updateBreaker,
  getSeries: rollups.getSeries,
  listSeries: rollups.listSeries,
  listTotals: rollups.listTotals,
  getStorage: retention.getStorage,
  getRetention: retention.getRetention,
  updateRetention: retention.updateRetention,
  listWires: wires.listWires,
  getWire: wires.getWire,
  connectWire: wires.connectWire,
  renewWire: wires.renewWire,
  listGaps: gaps.listGaps,
  repairWire: gaps.repairWire,
  disconnectWire: wires.disconnectWire,
  receiveWebhook: wires.receiveWebhook,
  receiveTenantWebhook: wires.receiveTenantWebhook,
  answerHandshake: wires.answerHandshake,
  answerTenantHandshake: wires.answerTenantHandshake,
  listEvents: events.listEvents,
  createEvent: events.createEvent,
  getEvent: events.getEvent,
  getEventRaw: events.getEventRaw,
  replayEvent: events.replayEvent,
  listRejections: events.listRejections,
  listDeliveries: events.listDeliveries,
  getDelivery: events.getDelivery,
  retryDelivery: events.retryDelivery,
  dryRunDelivery: dryRuns.dryRunDelivery,
  listDeadLetters: events.listDeadLetters,
  listRuns: runs.listRuns,
  getRunHistogram: runHistogram.getRunHistogram,
  getRunFacets: runFacets.getRunFacets,
  getRun: runs.getRun,
  streamRun: runs.streamRun,
  cancelRun: runs.cancelRun,
  retryRun: runs.retryRun,
  dryRunRun: dryRuns.dryRunRun,
  getRunDiff: dryRuns.getRunDiff,
  replayEvents: jobs.replayEvents,
  retryDeliveries: jobs.retryDeliveries,
  retryRuns: jobs.retryRuns,
  cancelRuns: jobs.cancelRuns,
  listJobs: jobs.listJobs,
  getJob: jobs.getJob,
  cancelJob: jobs.cancelJob,
  listFlows: flows.listFlows,
  getFlow: flows.getFlow,
  updateFlow: flows.updateFlow,
  startFlow: flows.startFlow,
  getFlowDrift: flows.getFlowDrift,
  acceptFlowDrift: flows.acceptFlowDrift,
  listFlowCursors: flows.listFlowCursors,
  resetFlowCursors: flows.resetFlowCursors,
  listDrifts: drifts.listDrifts,
  acceptDrift: drifts.acceptDrift,
  listConflicts: conflicts.listConflicts,
  getConflict: conflicts.getConflict,
  resolveConflict: conflicts.resolveConflict,
  listExchanges: exchanges.listExchanges,
  getExchange: exchanges.getExchange,
  listDebugPlugs: debug.listDebugPlugs,
  getDebugPlug: debug.getDebugPlug,
  sendDebug: debug.sendDebug,
  listSavedRequests: debug.listSavedRequests,
  saveRequest: debug.saveRequest,
  deleteSavedRequest: debug.deleteSavedRequest,
  listAlertRules: alerts.listAlertRules,
  createAlertRule: alerts.createAlertRule,
  updateAlertRule: alerts.updateAlertRule,
  deleteAlertRule: alerts.deleteAlertRule,
  listAlertChannels: alerts.listAlertChannels,
  createAlertChannel: alerts.createAlertChannel,
  updateAlertChannel: alerts.updateAlertChannel,
  deleteAlertChannel: alerts.deleteAlertChannel,
  testAlertChannel: alerts.testAlertChannel,
  listAlertIncidents: alerts.listAlertIncidents,
  acknowledgeAlertIncident: alerts.acknowledgeAlertIncident,
  listResources: mappings.listResources,
  listMappings: mappings.listMappings,
  createMapping: mappings.createMapping,
  lookupMappings: mappings.lookupMappings,
  getMapping: mappings.getMapping,
  replaceMapping: mappings.replaceMapping,
  updateMapping: mappings.updateMapping,
  deleteMapping: mappings.deleteMapping,
  mergeMapping: mappings.mergeMapping,
  listMappingHistory: mappings.listMappingHistory,
  listFieldMappings: fieldMappings.listFieldMappings,
  getFieldMapping: fieldMappings.getFieldMapping,
  saveFieldMapping: fieldMappings.saveFieldMapping,
  listFieldMappingVersions: fieldMappings.listFieldMappingVersions,
  rollbackFieldMapping: fieldMappings.rollbackFieldMapping,
  previewFieldMapping: fieldMappings.previewFieldMapping,
  listCaches: caches.listCaches,
  listCacheEntries: caches.listCacheEntries,
  clearCache: caches.clearCache,
} as const;

export type Api = typeof api;
export type ApiName = keyof Api;
