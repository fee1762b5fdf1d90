import { Counter, Gauge, Histogram, Registry } from "prom-client";

/**
 * What one process counts of its own work. Cheap enough for every event: a counter is a number in a map. No label
 * holds a tenant, an id or anything a sender chooses, so the number of series is bounded by what is registered.
 */
export interface Metrics {
  readonly registry: Registry;
  /** A webhook was answered. `plug` is `""` for a name that is not registered. */
  received(plug: string, outcome: string, seconds: number): void;
  /** A webhook was refused, and why. */
  rejected(plug: string, reason: string): void;
  /** An attempt began; `waitedSeconds` since it was due. */
  started(plug: string, handler: string, waitedSeconds: number): void;
  /** An attempt ended; `outcome` is what became of the delivery. */
  ended(plug: string, handler: string, outcome: string, seconds: number): void;
  /** An outbound call was answered, or was not (`status` is `null`). */
  called(plug: string, source: string, status: number | null, seconds: number): void;
  /** How far this process's clock is ahead of the database's. */
  clockOff(seconds: number): void;
}

/** Of the time a provider waits for: from a millisecond to what makes it give up. */
const RECEIPT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Of work: a handler may take milliseconds or minutes. */
const WORK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

/** @example const metrics = createMetrics(); metrics.received("stripe", "accepted", 0.004); */
export function createMetrics(registry: Registry = new Registry()): Metrics {
  const registers = [registry];
  const received = new Counter({
    name: "khotan_webhooks_total",
    help: "Webhooks answered by this process, by what became of them.",
    labelNames: ["plug", "outcome"],
    registers,
  });
  const receipt = new Histogram({
    name: "khotan_webhook_duration_seconds",
    help: "Time from the whole webhook read to its answer; accepted ones are committed by then.",
    labelNames: ["plug"],
    buckets: RECEIPT_BUCKETS,
    registers,
  });
  const rejected = new Counter({
    name: "khotan_webhook_rejections_total",
    help: "Webhooks this process refused, by reason.",
    labelNames: ["plug", "reason"],
    registers,
  });
  const waited = new Histogram({
    name: "khotan_delivery_wait_seconds",
    help: "Time from an event's arrival to the begin of its first attempt.",
    labelNames: ["plug", "handler"],
    buckets: WORK_BUCKETS,
    registers,
  });
  const ended = new Histogram({
    name: "khotan_delivery_attempt_duration_seconds",
    help: "Attempts ended by this process and how long they worked. `failed` will be tried again, `dead` will not.",
    labelNames: ["plug", "handler", "outcome"],
    buckets: WORK_BUCKETS,
    registers,
  });
  const called = new Histogram({
    name: "khotan_exchange_duration_seconds",
    help: "Outbound calls of plugs made by this process, by class of status; `none` means that no answer came.",
    labelNames: ["plug", "source", "status"],
    buckets: WORK_BUCKETS,
    registers,
  });
  const clockOff = new Gauge({
    name: "khotan_clock_offset_seconds",
    help: "How far this process's clock is ahead of the database's.",
    registers,
  });
  return {
    registry,
    received(plug, outcome, seconds) {
      received.inc({ plug, outcome });
      receipt.observe({ plug }, seconds);
    },
    rejected: (plug, reason) => rejected.inc({ plug, reason }),
    started: (plug, handler, seconds) => waited.observe({ plug, handler }, Math.max(0, seconds)),
    ended: (plug, handler, outcome, seconds) => ended.observe({ plug, handler, outcome }, seconds),
    called: (plug, source, status, seconds) => called.observe({ plug, source, status: statusClass(status) }, seconds),
    clockOff: (seconds) => clockOff.set(seconds),
  };
}

/** @example statusClass(404) // "4xx" */
export const statusClass = (status: number | null): string =>
  status === null ? "none" : `${Math.trunc(status / 100)}xx`;
