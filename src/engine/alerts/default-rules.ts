import type { CreateAlertRule } from "../../contract/index.ts";

const common = {
  enabled: true,
  severity: "warning",
  threshold: null,
  clearThreshold: null,
  forMinutes: 0,
  clearMinutes: 0,
  windowMinutes: 15,
  minCount: 10,
  plug: null,
  tenant: null,
  notifyResolved: true,
  renotifyMinutes: null,
} as const;

/** What a new hub watches. They are stored once, and whoever changes or deletes them keeps it that way. */
export const DEFAULT_RULES: readonly Omit<CreateAlertRule, "channelIds">[] = [
  { ...common, name: "Many runs fail", metric: "failure_rate", threshold: 25, clearThreshold: 10, clearMinutes: 10 },
  { ...common, name: "Dead letters", metric: "dead_letters", threshold: 1 },
  {
    ...common,
    name: "Deliveries wait too long",
    metric: "backlog_age",
    severity: "critical",
    threshold: 600,
    clearThreshold: 60,
    forMinutes: 2,
    clearMinutes: 2,
  },
  { ...common, name: "A connection is broken", metric: "connection_broken", severity: "critical", forMinutes: 1 },
  { ...common, name: "A wire is broken", metric: "wire_broken", severity: "critical", forMinutes: 5 },
  { ...common, name: "A wire expires soon", metric: "wire_expiring", threshold: 24 },
  { ...common, name: "A destination is down", metric: "breaker_open", forMinutes: 5, clearMinutes: 2 },
  {
    ...common,
    name: "The database is large",
    metric: "storage_bytes",
    threshold: 50 * 1024 ** 3,
    clearThreshold: 45 * 1024 ** 3,
  },
  {
    ...common,
    name: "The disk is nearly full",
    metric: "disk_free",
    severity: "critical",
    threshold: 10,
    clearThreshold: 15,
  },
];
