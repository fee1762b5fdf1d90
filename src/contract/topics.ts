/**
 * Tables whose changes are announced. A change names the table and the newest id, never rows.
 * Without zod, like all words that the Hub needs before anything else is loaded.
 */
export const CHANGE_TOPICS = [
  "plugs",
  "connections",
  "wires",
  "handlers",
  "events",
  "deliveries",
  "runs",
  "rejections",
  "exchanges",
  "flows",
  "audit",
  "processes",
  "breakers",
  "jobs",
  "mappings",
  "field_mappings",
  "caches",
  "gaps",
  "alerts",
  "retention",
  "people",
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];
