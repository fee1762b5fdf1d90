import type { ApiName, ChangeTopic } from "../../contract/index.ts";

/** Which reads a change of a table makes stale. Exhaustive: a new topic does not compile until it stands here. */
export const TOPIC_READS: Record<ChangeTopic, readonly ApiName[]> = {
  plugs: ["listPlugs", "getPlug", "getOverview"],
  connections: ["listPlugs", "getPlug", "getVariables", "getOverview"],
  wires: ["listWires", "getWire", "listPlugs", "getPlug", "getVariables"],
  handlers: ["listHandlers", "listPlugs", "getPlug"],
  events: ["getEvent", "getOverview"],
  deliveries: ["listDeliveries", "listDeadLetters", "getDelivery", "getEvent", "getOverview"],
  runs: ["getRun", "getEvent", "listExchanges", "getOverview"],
  rejections: ["getOverview"],
  exchanges: ["listExchanges"],
  flows: [],
  audit: ["listAudit"],
  processes: ["getOverview"],
  jobs: ["listJobs", "getJob"],
  mappings: [],
  field_mappings: [],
  caches: [],
};
