import { Registry } from "prom-client";
import type { Engine } from "../../context.ts";
import type { LiveRuns } from "../../runs/live-runs.ts";
import { addDatabaseMetrics } from "./database-metrics.ts";
import { addEngineMetrics } from "./engine-metrics.ts";
import { processMetrics } from "./process-metrics.ts";
import { toOpenMetrics } from "./to-open-metrics.ts";

/** Writes a scrape's answer. `accept` is the request's header. */
export type ExposeMetrics = (accept: string | null) => Promise<{ readonly text: string; readonly contentType: string }>;

/** @example const { text, contentType } = await expose(request.headers.get("accept")); */
export function createMetricsPage(engine: Engine, live: Pick<LiveRuns, "all">): ExposeMetrics {
  const { registry } = engine.metrics;
  addEngineMetrics(registry, engine, live);
  const readDatabase = addDatabaseMetrics(registry, engine.adapter);
  return async (accept) => {
    await readDatabase();
    const text = `${await registry.metrics()}\n${await processMetrics().metrics()}`;
    if (!wantsOpenMetrics(accept)) return { text, contentType: Registry.PROMETHEUS_CONTENT_TYPE };
    return { text: toOpenMetrics(text), contentType: Registry.OPENMETRICS_CONTENT_TYPE };
  };
}

/** Only who names it gets it; a wildcard has always been answered in the old format. */
const wantsOpenMetrics = (accept: string | null): boolean =>
  (accept ?? "").split(",").some((part) => {
    const [type = "", ...parameters] = part.trim().split(/\s*;\s*/);
    return type.toLowerCase() === "application/openmetrics-text" && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
