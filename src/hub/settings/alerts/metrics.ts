import type { AlertMetric } from "../../../contract/index.ts";

/** Every metric in the order of the form, and whether it needs a threshold. Exhaustive by its type. */
const NEEDS_THRESHOLD: Record<AlertMetric, boolean> = {
  failure_rate: true,
  dead_letters: true,
  backlog_age: true,
  connection_broken: false,
  wire_broken: false,
  wire_expiring: true,
  breaker_open: false,
  storage_bytes: true,
  disk_free: true,
};

export type MeasuredMetric = Exclude<AlertMetric, "connection_broken" | "wire_broken" | "breaker_open">;

export const isMeasured = (metric: AlertMetric): metric is MeasuredMetric => NEEDS_THRESHOLD[metric];

export const isMetric = (text: string): text is AlertMetric => text in NEEDS_THRESHOLD;
export const METRICS = Object.keys(NEEDS_THRESHOLD).filter(isMetric);

/** What a form starts with: wrong enough to be told, seldom enough to be read. */
export const FIRST_THRESHOLD: Record<MeasuredMetric, number> = {
  failure_rate: 20,
  dead_letters: 1,
  backlog_age: 300,
  wire_expiring: 24,
  storage_bytes: 10_000_000_000,
  disk_free: 10,
};
