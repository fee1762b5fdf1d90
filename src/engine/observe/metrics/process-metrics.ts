import { collectDefaultMetrics, Registry } from "prom-client";

const KEY = Symbol.for("khotan.metrics.process");

/**
 * Memory, CPU, garbage collection and event loop delay, under the names every dashboard for Node knows. They are facts
 * of the process and not of a hub, so they are watched once, from the first time somebody asks.
 */
export function processMetrics(): Registry {
  const holder = globalThis as typeof globalThis & { [KEY]?: Registry };
  if (!holder[KEY]) {
    holder[KEY] = new Registry();
    collectDefaultMetrics({ register: holder[KEY] });
  }
  return holder[KEY];
}
