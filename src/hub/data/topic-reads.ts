import type { ApiName, ChangeTopic } from "../../contract/index.ts";

/** Which reads a change of a table makes stale. Exhaustive: a new topic does not compile until it stands here. */
export const TOPIC_READS: Record<ChangeTopic, readonly ApiName[]> = {
  plugs: ["listPlugs", "getPlug", "getOverview", "getTopology"],
  connections: ["listConnections", "listPlugs", "getPlug", "getVariables", "getOverview", "getTopology"],
  wires: ["listWires", "getWire", "listGaps", "listPlugs", "getPlug", "getVariables", "getTopology"],
  handlers: ["listHandlers", "listPlugs", "getPlug", "getTopology"],
  events: ["getEvent", "getOverview"],
  deliveries: ["listDeliveries", "listDeadLetters", "getDelivery", "getEvent", "getOverview", "getTopology"],
  runs: ["getRun", "listRuns", "listFlows", "getFlow", "getEvent", "listExchanges", "getOverview", "getTopology"],
  rejections: ["getOverview"],
  exchanges: ["listExchanges", "listLimits"],
  flows: ["listFlows", "getFlow", "getTopology"],
  audit: ["listAudit"],
  processes: ["getOverview"],
  breakers: ["listBreakers", "listPlugs", "getPlug"],
  jobs: ["listJobs", "getJob"],
  mappings: ["listMappings", "getMapping", "listMappingHistory", "listResources"],
  field_mappings: ["listFieldMappings", "getFieldMapping", "listFieldMappingVersions"],
  caches: ["listCaches", "listCacheEntries"],
};
