import type { AlertIncident } from "../../contract/index.ts";

type Facts = Pick<AlertIncident, "metric" | "value" | "threshold" | "subject">;

/** What is wrong, in a sentence for a person. */
export function describeIncident({ metric, value, threshold, subject: { label } }: Facts): string {
  switch (metric) {
    case "failure_rate":
      return `${Math.round(value)} % of the runs of ${label} failed (limit ${threshold} %).`;
    case "dead_letters":
      return `${label} has ${value >= 10_000 ? "10,000 or more" : value} dead letter${value === 1 ? "" : "s"}.`;
    case "backlog_age":
      return `Deliveries for ${label} have waited for ${duration(value)} (limit ${duration(threshold ?? 0)}).`;
    case "connection_broken":
      return `The connection ${label} does not work.`;
    case "wire_broken":
      return `The wire ${label} does not work.`;
    case "wire_expiring":
      return value <= 0 ? `The wire ${label} has expired.` : `The wire ${label} expires in ${duration(value * 3_600)}.`;
    case "breaker_open":
      return `${label} is down: its circuit breaker is open, and deliveries to it wait.`;
    case "storage_bytes":
      return `The database takes ${gibibytes(value)} (limit ${gibibytes(threshold ?? 0)}).`;
    case "disk_free":
      return `${value.toFixed(1)} % of the ${label} is free (limit ${threshold} %).`;
  }
}

/** @example duration(5400) // "1 h 30 min" */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return `${Math.round(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return `${Math.round(minutes / 1_440)} days`;
}

const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
